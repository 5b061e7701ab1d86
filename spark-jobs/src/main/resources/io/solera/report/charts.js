// Kinds of charts, drawn by ECharts. Each is a figure with a caption and a table of its data.

/** The colours of Okabe and Ito that stand out on white, and what tells lines apart without colour. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#7f7f7f'];
const DASHES = ['solid', [7, 3], [2, 2], [9, 3, 2, 3], [5, 2], [1, 3], [12, 3], [3, 5]];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];
const INK = '#333333';
const FONT = {fontFamily: 'system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif', fontSize: 11, color: INK};

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {circle: 'M13 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z', rect: 'M10 2h6v6h-6z', triangle: 'M13 1.5l4 7h-8z', diamond: 'M13 1l4 4l-4 4l-4-4z', bar: 'M5 1h16v8h-16z'};

const drawings = [];

/**
 * @param size tall, half or third
 * @param option of ECharts
 * @param rows a function that gives the head and the rows of the data's table, called when somebody opens it
 */
function figure({title, text, size, option, rows, renderer, keys}) {
  const plot = element('div', {class: 'plot ' + (size || 'half'), role: 'img', 'aria-label': title + '. ' + (text || '')});
  const data = element('details', {}, element('summary', {'aria-label': 'Data of: ' + title}, 'data'));
  data.addEventListener('toggle', () => {
    if (data.open && data.children.length === 1) {
      const {head, body} = rows();
      data.append(scrolled(table(head, body), title));
    }
  });
  drawings.push({plot, option, renderer: renderer || 'svg'});
  return element('figure', {}, element('figcaption', {}, element('strong', {}, title), text ? ' ' + text : ''), legend(keys || []), plot, data);
}

/** What a chart's lines, points or bars are, each with a sample of its line and symbol. */
function legend(keys) {
  return element('ul', {class: 'legend'}, ...keys.map(key => {
    const drawing = document.createElementNS(SVG, 'svg');
    const part = (name, attributes) => {
      const made = document.createElementNS(SVG, name);
      Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
      drawing.append(made);
    };
    Object.entries({width: 26, height: 10, viewBox: '0 0 26 10', 'aria-hidden': 'true'}).forEach(([name, value]) => drawing.setAttribute(name, value));
    if (key.dash) {
      part('path', {d: 'M0 5H26', stroke: key.colour, 'stroke-width': key.thin ? 1.2 : 2, 'stroke-dasharray': Array.isArray(key.dash) ? key.dash.join(' ') : 'none'});
    }
    const shape = SHAPES[(key.symbol || '').replace('empty', '').toLowerCase()];
    if (shape) {
      part('path', {d: shape, stroke: key.colour, 'stroke-width': 1.5, fill: key.symbol.startsWith('empty') ? '#fff' : key.colour});
    }
    return element('li', {}, drawing, key.name);
  }));
}

function drawAll() {
  for (const drawing of drawings) {
    drawing.chart = echarts.init(drawing.plot, null, {renderer: drawing.renderer, devicePixelRatio: Math.max(2, window.devicePixelRatio || 1)});
    drawing.chart.setOption(drawing.option);
    fitted(drawing);
  }
}

/** Lets a drawing shrink with its frame, as on paper, when nothing can draw it again. */
function fitted(drawing) {
  const svg = drawing.plot.querySelector('svg');
  if (svg) {
    svg.setAttribute('viewBox', '0 0 ' + drawing.chart.getWidth() + ' ' + drawing.chart.getHeight());
  }
}

function axis(name, more) {
  return {type: 'value', name, nameLocation: 'middle', nameGap: 24, scale: true, nameTextStyle: FONT, axisLabel: {...FONT, hideOverlap: true},
    axisLine: {show: true, onZero: false, lineStyle: {color: '#8a8a8a'}}, axisTick: {show: true}, splitLine: {lineStyle: {color: '#eeeeee'}}, ...more};
}

function base(more) {
  return {animation: false, textStyle: FONT, color: COLOURS, grid: {left: 6, right: 18, top: 12, bottom: 24, containLabel: true},
    tooltip: {trigger: 'axis', renderMode: 'richText', confine: true, textStyle: {...FONT, fontSize: 11}, valueFormatter: value => Array.isArray(value) ? '' : number(value), ...more.tooltip},
    ...more.option};
}

/** The 95 % intervals of some points as a band with a whisker at each. */
function band(points, colour) {
  const known = points.filter(point => point[2] !== null && point[2] !== undefined);
  return {type: 'custom', silent: true, z: 1, tooltip: {show: false}, data: known.map(point => [point[0], point[2], point[3]]), encode: {x: 0, y: [1, 2], tooltip: []},
    renderItem: (place, api) => {
      const low = api.coord([api.value(0), api.value(1)]);
      const high = api.coord([api.value(0), api.value(2)]);
      const line = (x1, y1, x2, y2) => ({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke: colour, lineWidth: 1}});
      const children = [line(low[0], low[1], high[0], high[1]), line(low[0] - 3, low[1], low[0] + 3, low[1]), line(high[0] - 3, high[1], high[0] + 3, high[1])];
      if (place.dataIndexInside === 0) {
        const edge = side => known.map(point => api.coord([point[0], point[side]]));
        children.unshift({type: 'polygon', shape: {points: [...edge(2), ...edge(3).reverse()]}, style: {fill: colour, opacity: 0.15}});
      }
      return {type: 'group', children};
    }};
}

/**
 * Curves over rounds.
 *
 * @param lines of {name, points: [x, y, low, high], style, thin}: a style is the place of a colour, dash and symbol; the interval may be
 *     absent, and a null point breaks the line
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
    series.push({type: 'line', name: line.name, data: line.points.map(point => point ? [point[0], point[1] ?? null] : [null, null]), z: line.thin ? 2 : 3,
      symbol: line.thin ? 'none' : SYMBOLS[style % SYMBOLS.length], symbolSize: 6, showAllSymbol: true, itemStyle: {color: colour},
      lineStyle: {color: colour, width: line.thin ? 1 : 1.8, type: line.dash ?? DASHES[style % DASHES.length], opacity: line.opacity ?? 1},
      markLine: k === 0 && marks && marks.length > 0 ? levels(marks, 'yAxis') : undefined});
    const known = line.points.filter(point => point);
    if (known.some(point => point.length > 2)) {
      series.push(band(known, colour));
    }
  });
  const option = base({option: {series, xAxis: axis(x || 'round', {scale: false, minInterval: 1, splitLine: {show: false}}), yAxis: axis('', scale)}});
  const keys = names.map(name => series.find(line => line.name === name)).map(line => ({name: line.name, colour: line.itemStyle.color, dash: line.lineStyle.type, symbol: line.symbol, thin: line.lineStyle.width < 1.5}));
  return figure({title, text, size, option, keys: keys.length > 1 ? keys : [], rows: () => curveRows(drawn, x || 'round', show || number)});
}

/** Stated levels as thin lines with their names. */
function levels(marks, direction) {
  return {silent: true, symbol: 'none', lineStyle: {color: '#595959', type: [3, 3], width: 1}, label: {...FONT, fontSize: 10, color: '#595959', position: direction === 'yAxis' ? 'insideEndTop' : 'end', formatter: mark => mark.name},
    data: marks.map(mark => ({name: mark.name, [direction]: mark.value}))};
}

function curveRows(lines, x, show) {
  const places = [...new Set(lines.flatMap(line => line.points.filter(point => point).map(point => point[0])))].sort((a, b) => a - b);
  const named = lines.map(line => ({name: line.label || line.name, at: new Map(line.points.filter(point => point).map(point => [point[0], point]))}));
  return {head: [x, ...named.map(line => line.name)], body: places.map(place => [number(place), ...named.map(line => {
    const point = line.at.get(place);
    return !point || point[1] === null || point[1] === undefined ? '' : point.length > 2 ? estimate({mean: point[1], low: point[2], high: point[3]}, show) : show(point[1]);
  })])};
}

/** Distributions as steps over common bins. */
function steps({title, text, size, edges, lines, marks}) {
  const series = lines.map(line => ({type: 'line', name: line.name, step: 'end', symbol: 'none', itemStyle: {color: COLOURS[line.style]},
    lineStyle: {color: COLOURS[line.style], width: 1.5, type: line.dash ?? DASHES[line.style]}, areaStyle: {color: COLOURS[line.style], opacity: 0.12},
    data: edges.map((edge, k) => [edge, line.shares[Math.min(k, line.shares.length - 1)]])}));
  series[0].markLine = marks.length > 0 ? levels(marks, 'xAxis') : undefined;
  const option = base({tooltip: {show: false},
    option: {series, xAxis: axis('', {min: edges[0], max: edges[edges.length - 1], splitLine: {show: false}, axisLabel: {...FONT, hideOverlap: true, formatter: value => String(Number(value.toPrecision(3))), showMinLabel: false, showMaxLabel: false}}),
      yAxis: axis('', {scale: false, axisLabel: {...FONT, formatter: value => Number((100 * value).toPrecision(3)) + ' %'}})}});
  option.grid.bottom = 6;
  option.grid.top = marks.length > 0 ? 20 : 12;
  return figure({title, text, size, option, keys: lines.map((line, k) => ({name: line.name, colour: COLOURS[line.style], dash: series[k].lineStyle.type})), rows: () => ({head: ['from', 'to', ...lines.map(line => line.name)],
    body: edges.slice(1).map((edge, k) => [edges[k], edge, ...lines.map(line => percent(line.shares[k]))])})});
}

/** Estimates on [0, 1] with their intervals, a row each, so that groups are compared at a glance. */
function dots({title, text, names, groups}) {
  const rows = names.map((_, k) => k);
  const shift = k => (k - (groups.length - 1) / 2) * 9;
  const series = groups.flatMap((group, g) => [
    {type: 'custom', silent: true, z: 1, tooltip: {show: false}, data: rows.map(k => [group.values[k]?.low ?? null, k, group.values[k]?.high ?? null]).filter(row => row[0] !== null), encode: {x: [0, 2], y: 1},
      renderItem: (place, api) => {
        const [x1, y] = api.coord([api.value(0), api.value(1)]);
        const [x2] = api.coord([api.value(2), api.value(1)]);
        return {type: 'line', shape: {x1, x2, y1: y + shift(g), y2: y + shift(g)}, style: {stroke: group.colour, lineWidth: 2}};
      }},
    {type: 'scatter', name: group.name, symbol: group.symbol, symbolSize: 7, symbolOffset: [0, shift(g)], z: 2, itemStyle: {color: group.colour}, data: rows.map(k => [group.values[k]?.mean ?? null, k])}]);
  const option = base({tooltip: {show: false}, option: {series, xAxis: axis('', {min: 0, max: 1, scale: false}),
    yAxis: {type: 'category', data: names, inverse: true, axisLabel: {...FONT, fontSize: 12}, axisLine: {show: false}, axisTick: {show: false}, splitLine: {show: true, lineStyle: {color: '#eeeeee'}}}}});
  option.grid.bottom = 4;
  return figure({title, text, size: 'dots', option, keys: groups.map(group => ({name: group.name, colour: group.colour, symbol: group.symbol})),
    rows: () => ({head: ['', ...groups.map(group => group.name)], body: names.map((name, k) => [name, ...groups.map(group => estimate(group.values[k], number))])})});
}

/** Clouds of points on a canvas, with the front of each group as a line of steps. */
function clouds({title, text, groups, x, y, xAxis, yAxis}) {
  const series = [];
  for (const group of groups) {
    const many = group.points.length;
    series.push({type: 'scatter', name: group.name, data: Float32Array.from(group.points.flat()), dimensions: ['x', 'y'], large: true, largeThreshold: 1000, progressive: 0, silent: true, z: 1,
      symbol: group.symbol, symbolSize: many > 10000 ? 2 : many > 1000 ? 3 : 4, itemStyle: {color: group.colour, opacity: many > 10000 ? 0.25 : 0.45}});
    if (group.front) {
      // the first group's line is above, and dashed: where lines meet both are seen
      series.push({type: 'line', name: group.name + ', front', data: group.front, step: 'end', silent: true, clip: false, z: group === groups[0] ? 4 : 3, symbol: 'none',
        lineStyle: {color: group.line || group.colour, width: 1.8, type: group.dash}});
    }
  }
  const option = base({tooltip: {show: false}, option: {series, xAxis: axis(x, xAxis), yAxis: axis(y, {nameGap: 32, ...yAxis})}});
  option.grid.left = 22;
  const keys = groups.flatMap(group => [{name: group.name, colour: group.colour, symbol: group.symbol}, ...(group.front ? [{name: group.name + ', front', colour: group.line || group.colour, dash: group.dash}] : [])]);
  return figure({title, text, size: 'tall', option, keys, renderer: 'canvas', rows: () => ({head: ['group', x, y],
    body: groups.flatMap(group => (group.front || group.points.slice(0, 200)).map(point => [group.name, number(point[0]), number(point[1])]))})});
}

/** Parts of a whole per round, stacked, with patterns beside the colours. */
function stacks({title, text, size, places, parts, show}) {
  const series = parts.map((part, k) => ({type: 'bar', stack: 'all', name: part.name, data: part.values, barMaxWidth: 36, itemStyle: {color: COLOURS[k % COLOURS.length]}}));
  const option = base({tooltip: {valueFormatter: show},
    option: {series, aria: {enabled: true, label: {enabled: false}, decal: {show: true}}, xAxis: {...axis('round'), type: 'category', data: places.map(String)}, yAxis: axis('', {scale: false})}});
  return figure({title, text, size, option, keys: parts.map((part, k) => ({name: part.name, colour: COLOURS[k % COLOURS.length], symbol: 'bar'})), rows: () => ({head: ['round', ...parts.map(part => part.name)],
    body: places.map((place, k) => [String(place), ...parts.map(part => show(part.values[k]))])})});
}
