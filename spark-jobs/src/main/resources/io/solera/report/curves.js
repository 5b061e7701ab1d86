// Curves over rounds and steps, with bands.

/** The 95 % intervals of some points as a band with a whisker at each. */
function band(points, colour) {
  const known = points.filter(point => point[2] !== null && point[2] !== undefined);
  return {
    type: 'custom',
    silent: true,
    z: 1,
    tooltip: {show: false},
    data: known.map(point => [point[0], point[2], point[3]]),
    encode: {x: 0, y: [1, 2], tooltip: []},
    renderItem: (place, api) => {
      const low = api.coord([api.value(0), api.value(1)]);
      const high = api.coord([api.value(0), api.value(2)]);
      const line = (x1, y1, x2, y2) => ({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke: colour, lineWidth: 1}});
      const children = [
        line(low[0], low[1], high[0], high[1]),
        line(low[0] - 3, low[1], low[0] + 3, low[1]),
        line(high[0] - 3, high[1], high[0] + 3, high[1]),
      ];
      if (place.dataIndexInside === 0) {
        const edge = side => known.map(point => api.coord([point[0], point[side]]));
        children.unshift({
          type: 'polygon',
          shape: {points: [...edge(2), ...edge(3).reverse()]},
          style: {fill: colour, opacity: 0.15},
        });
      }
      return {type: 'group', children};
    },
  };
}

/**
 * Curves over rounds.
 *
 * @param lines of {name, points: [x, y, low, high], style, thin}: a style is the index of a colour, dash and symbol;
 *     the interval may be absent, and a null point breaks the line
 * @param y settings of the vertical axis, or a function from all points to them
 * @param marks of {value, name}: levels to reach
 */
function curves({title, text, size, lines, x, y, marks, show}) {
  const drawn = lines.filter(line => line.points.some(point => point && point[1] !== null && point[1] !== undefined));
  if (drawn.length === 0) {
    return null;
  }
  const scale = typeof y === 'function' ? y(drawn.flatMap(line => line.points)) : y;
  const series = [];
  const names = [...new Set(drawn.map(line => line.name))];
  drawn.forEach((line, k) => {
    const style = line.style ?? k;
    const colour = line.colour || COLOURS[style % COLOURS.length];
    series.push({
      type: 'line',
      name: line.name,
      data: line.points.map(point => (point ? [point[0], point[1] ?? null] : [null, null])),
      z: line.thin ? 2 : 3,
      symbol: line.thin ? 'none' : SYMBOLS[style % SYMBOLS.length],
      symbolSize: 6,
      showAllSymbol: true,
      itemStyle: {color: colour},
      lineStyle: {
        color: colour,
        width: line.thin ? 1 : 1.8,
        type: line.dash ?? DASHES[style % DASHES.length],
        opacity: line.opacity ?? 1,
      },
      markLine: k === 0 ? levels(marks || [], 'yAxis', stageMarks()) : undefined,
    });
    const known = line.points.filter(point => point);
    if (known.some(point => point.length > 2)) {
      series.push(band(known, colour));
    }
  });
  const option = base({
    option: {
      series,
      xAxis: axis(x || 'round', {scale: false, minInterval: 1, splitLine: {show: false}}),
      yAxis: axis('', scale),
    },
  });
  const keys = names
    .map(name => series.find(line => line.name === name))
    .map(line => ({
      name: line.name,
      colour: line.itemStyle.color,
      dash: line.lineStyle.type,
      symbol: line.symbol,
      thin: line.lineStyle.width < 1.5,
    }));
  return figure({
    title,
    text,
    size,
    option,
    keys: keys.length > 1 ? keys : [],
    rows: () => curveRows(drawn, x || 'round', show || number),
  });
}

/** Stated levels as thin lines with their names, and others across them. */
function levels(marks, direction, across = []) {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: {color: '#595959', type: [3, 3], width: 1},
    label: {
      ...FONT,
      fontSize: 10,
      color: '#595959',
      position: direction === 'yAxis' ? 'insideEndTop' : 'end',
      formatter: mark => mark.name,
    },
    data: [
      ...marks.map(mark => ({name: mark.name, [direction]: mark.value})),
      ...across.map(mark => ({
        ...mark,
        lineStyle: {type: 'solid', color: '#b0b0b0'},
        label: {position: 'end', align: 'left', distance: 2},
      })),
    ],
  };
}

function curveRows(lines, x, show) {
  const places = [...new Set(lines.flatMap(line => line.points.filter(point => point).map(point => point[0])))].sort(
    (a, b) => a - b,
  );
  const named = lines.map(line => ({
    name: line.label || line.name,
    at: new Map(line.points.filter(point => point).map(point => [point[0], point])),
  }));
  return {
    head: [x, ...named.map(line => line.name)],
    body: places.map(place => [
      number(place),
      ...named.map(line => {
        const point = line.at.get(place);
        return !point || point[1] === null || point[1] === undefined
          ? ''
          : point.length > 2
            ? estimate({mean: point[1], low: point[2], high: point[3]}, show)
            : show(point[1]);
      }),
    ]),
  };
}
