// Distributions, estimates side by side, clouds of points, stacked bars.

/** Distributions as steps over common bins. */
function steps({title, text, size, edges, lines, marks}) {
  const series = lines.map(line => ({
    type: 'line',
    name: line.name,
    step: 'end',
    symbol: 'none',
    itemStyle: {color: COLOURS[line.style]},
    lineStyle: {color: COLOURS[line.style], width: 1.5, type: line.dash ?? DASHES[line.style]},
    areaStyle: {color: COLOURS[line.style], opacity: 0.12},
    data: edges.map((edge, k) => [edge, line.shares[Math.min(k, line.shares.length - 1)]]),
  }));
  series[0].markLine = marks.length > 0 ? levels(marks, 'xAxis') : undefined;
  const option = base({
    tooltip: {show: false},
    option: {
      series,
      xAxis: axis('', {
        min: edges[0],
        max: edges[edges.length - 1],
        splitLine: {show: false},
        axisLabel: {
          ...FONT,
          hideOverlap: true,
          formatter: value => String(Number(value.toPrecision(3))),
          showMinLabel: false,
          showMaxLabel: false,
        },
      }),
      yAxis: axis('', {
        scale: false,
        axisLabel: {...FONT, formatter: value => Number((100 * value).toPrecision(3)) + ' %'},
      }),
    },
  });
  option.grid.bottom = 6;
  option.grid.top = marks.length > 0 ? 20 : 12;
  return figure({
    title,
    text,
    size,
    option,
    keys: lines.map((line, k) => ({name: line.name, colour: COLOURS[line.style], dash: series[k].lineStyle.type})),
    rows: () => ({
      head: ['from', 'to', ...lines.map(line => line.name)],
      body: edges.slice(1).map((edge, k) => [edges[k], edge, ...lines.map(line => percent(line.shares[k]))]),
    }),
  });
}

/**
 * Estimates on [0, 1], or up to max, with their intervals, a row each, so that groups are compared at a glance.
 *
 * @param show of a value on the axis and in the table
 * @param spread pixels between the groups of a row
 */
function dots({title, text, size, names, groups, max, show, spread}) {
  const rows = names.map((_, k) => k);
  const shift = k => (k - (groups.length - 1) / 2) * (spread ?? 9);
  const series = groups.flatMap((group, g) => [
    {
      type: 'custom',
      silent: true,
      z: 1,
      tooltip: {show: false},
      data: rows
        .map(k => [group.values[k]?.low ?? null, k, group.values[k]?.high ?? null])
        .filter(row => row[0] !== null),
      encode: {x: [0, 2], y: 1},
      renderItem: (place, api) => {
        const [x1, y] = api.coord([api.value(0), api.value(1)]);
        const [x2] = api.coord([api.value(2), api.value(1)]);
        const shape = {x1, x2, y1: y + shift(g), y2: y + shift(g)};
        return {type: 'line', shape, style: {stroke: group.colour, lineWidth: 2}};
      },
    },
    {
      type: 'scatter',
      name: group.name,
      symbol: group.symbol,
      symbolSize: 7,
      symbolOffset: [0, shift(g)],
      z: 2,
      itemStyle: {color: group.colour},
      data: rows.map(k => [group.values[k]?.mean ?? null, k]),
    },
  ]);
  const option = base({
    tooltip: {show: false},
    option: {
      series,
      xAxis: axis('', {
        min: 0,
        max: max ?? 1,
        scale: false,
        axisLabel: {...FONT, hideOverlap: true, formatter: show},
      }),
      yAxis: {
        type: 'category',
        data: names,
        inverse: true,
        axisLabel: {...FONT, fontSize: 12},
        axisLine: {show: false},
        axisTick: {show: false},
        splitLine: {show: true, lineStyle: {color: '#eeeeee'}},
      },
    },
  });
  option.grid.bottom = 4;
  return figure({
    title,
    text,
    size: size ?? 'dots',
    option,
    keys: groups.map(group => ({name: group.name, colour: group.colour, symbol: group.symbol})),
    rows: () => ({
      head: ['', ...groups.map(group => group.name)],
      body: names.map((name, k) => [name, ...groups.map(group => estimate(group.values[k], show ?? number))]),
    }),
  });
}

/** Clouds of points on a canvas, with the front of each group as a line of steps. */
function clouds({title, text, groups, x, y, xAxis, yAxis}) {
  const series = [];
  for (const group of groups) {
    const many = group.points.length;
    series.push({
      type: 'scatter',
      name: group.name,
      data: Float32Array.from(group.points.flat()),
      dimensions: ['x', 'y'],
      large: true,
      largeThreshold: 1000,
      progressive: 0,
      silent: true,
      z: 1,
      symbol: group.symbol,
      symbolSize: many > 10000 ? 2 : many > 1000 ? 3 : 4,
      itemStyle: {color: group.colour, opacity: many > 10000 ? 0.25 : 0.45},
    });
    if (group.front) {
      // dashed lines are above solid ones: where they meet both are seen
      series.push({
        type: 'line',
        name: group.name + ', front',
        data: group.front,
        step: 'end',
        silent: true,
        clip: false,
        z: group.dash === 'solid' ? 3 : 4,
        symbol: 'none',
        lineStyle: {color: group.line || group.colour, width: 1.8, type: group.dash},
      });
    }
  }
  const axes = {xAxis: axis(x, xAxis), yAxis: axis(y, {nameGap: 32, ...yAxis})};
  const option = base({tooltip: {show: false}, option: {series, ...axes}});
  option.grid.left = 22;
  const keys = groups.flatMap(group => [
    {name: group.name, colour: group.colour, symbol: group.symbol},
    ...(group.front ? [{name: group.name + ', front', colour: group.line || group.colour, dash: group.dash}] : []),
  ]);
  return figure({
    title,
    text,
    size: 'tall',
    option,
    keys,
    renderer: 'canvas',
    rows: () => ({
      head: ['group', x, y],
      body: groups.flatMap(group =>
        (group.front || group.points.slice(0, 200)).map(point => [group.name, number(point[0]), number(point[1])]),
      ),
    }),
  });
}

/** Parts of a whole per round, stacked, with patterns in addition to colours. */
function stacks({title, text, size, places, parts, show}) {
  const series = parts.map((part, k) => ({
    type: 'bar',
    stack: 'all',
    name: part.name,
    data: part.values,
    barMaxWidth: 36,
    itemStyle: {color: COLOURS[k % COLOURS.length]},
  }));
  const option = base({
    tooltip: {valueFormatter: show},
    option: {
      series,
      aria: {enabled: true, label: {enabled: false}, decal: {show: true}},
      xAxis: {...axis('round'), type: 'category', data: places.map(String)},
      yAxis: axis('', {scale: false}),
    },
  });
  return figure({
    title,
    text,
    size,
    option,
    keys: parts.map((part, k) => ({name: part.name, colour: COLOURS[k % COLOURS.length], symbol: 'bar'})),
    rows: () => ({
      head: ['round', ...parts.map(part => part.name)],
      body: places.map((place, k) => [String(place), ...parts.map(part => show(part.values[k]))]),
    }),
  });
}
