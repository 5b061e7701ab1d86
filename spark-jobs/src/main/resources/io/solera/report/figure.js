// What all charts have in common: colours, caption, legend, table of data, axes.

/** The colours of Okabe and Ito that are clear on white, and what distinguishes lines without colour. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#7f7f7f'];
const DASHES = ['solid', [7, 3], [2, 2], [9, 3, 2, 3], [5, 2], [1, 3], [12, 3], [3, 5]];
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];
const INK = '#333333';
const FONT = {
  fontFamily: 'system-ui, "Segoe UI", "Liberation Sans", "DejaVu Sans", sans-serif',
  fontSize: 11,
  color: INK,
};

const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = {
  circle: 'M13 1.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z',
  rect: 'M10 2h6v6h-6z',
  triangle: 'M13 1.5l4 7h-8z',
  diamond: 'M13 1l4 4l-4 4l-4-4z',
  bar: 'M5 1h16v8h-16z',
};

const drawings = [];

/**
 * @param size tall, half or third
 * @param option of ECharts
 * @param rows a function that gives the head and the rows of the data's table, called when somebody opens it
 */
function figure({title, text, size, option, rows, renderer, keys}) {
  const label = title + '. ' + (text || '');
  const plot = element('div', {class: 'plot ' + (size || 'half'), role: 'img', 'aria-label': label});
  const data = element('details', {}, element('summary', {'aria-label': 'Data of: ' + title}, 'data'));
  data.addEventListener('toggle', () => {
    if (data.open && data.children.length === 1) {
      const {head, body} = rows();
      data.append(scrolled(table(head, body), title));
    }
  });
  drawings.push({plot, option, renderer: renderer || 'svg'});
  return element(
    'figure',
    {},
    element('figcaption', {}, element('strong', {}, title), text ? ' ' + text : ''),
    legend(keys || []),
    plot,
    data,
  );
}

/** What a chart's lines, points or bars are, each with a sample of its line and symbol. */
function legend(keys) {
  return element(
    'ul',
    {class: 'legend'},
    ...keys.map(key => {
      const drawing = document.createElementNS(SVG, 'svg');
      const part = (name, attributes) => {
        const made = document.createElementNS(SVG, name);
        Object.entries(attributes).forEach(([attribute, value]) => made.setAttribute(attribute, value));
        drawing.append(made);
      };
      Object.entries({width: 26, height: 10, viewBox: '0 0 26 10', 'aria-hidden': 'true'}).forEach(([name, value]) =>
        drawing.setAttribute(name, value),
      );
      if (key.dash) {
        part('path', {
          d: 'M0 5H26',
          stroke: key.colour,
          'stroke-width': key.thin ? 1.2 : 2,
          'stroke-dasharray': Array.isArray(key.dash) ? key.dash.join(' ') : 'none',
        });
      }
      const shape = SHAPES[(key.symbol || '').replace('empty', '').toLowerCase()];
      if (shape) {
        part('path', {
          d: shape,
          stroke: key.colour,
          'stroke-width': 1.5,
          fill: key.symbol.startsWith('empty') ? '#fff' : key.colour,
        });
      }
      return element('li', {}, drawing, key.name);
    }),
  );
}

function drawAll() {
  for (const drawing of drawings) {
    drawing.chart = echarts.init(drawing.plot, null, {
      renderer: drawing.renderer,
      devicePixelRatio: Math.max(2, window.devicePixelRatio || 1),
    });
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
  return {
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 24,
    scale: true,
    nameTextStyle: FONT,
    axisLabel: {...FONT, hideOverlap: true},
    axisLine: {show: true, onZero: false, lineStyle: {color: '#8a8a8a'}},
    axisTick: {show: true},
    splitLine: {lineStyle: {color: '#eeeeee'}},
    ...more,
  };
}

function base(more) {
  return {
    animation: false,
    textStyle: FONT,
    color: COLOURS,
    grid: {left: 6, right: 18, top: 12, bottom: 24, containLabel: true},
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      textStyle: {...FONT, fontSize: 11},
      valueFormatter: value => (Array.isArray(value) ? '' : number(value)),
      ...more.tooltip,
    },
    ...more.option,
  };
}
