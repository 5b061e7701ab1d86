'use strict';
// Elements, numbers and tables. Texts are set as text, never as HTML: samples and settings are input.

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    made.setAttribute(key, value);
  }
  made.append(...children.filter(child => child !== null && child !== undefined));
  return made;
}

/** A number with three or four significant digits, "unknown" where there is none. */
function number(value) {
  if (value === null || value === undefined) {
    return 'unknown';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 0.001)) {
    return value.toExponential(2);
  }
  return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
}

/** A cosine or another number that is read relative to 1. */
function fixed(value) {
  return value === null || value === undefined ? 'unknown' : (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3);
}

function percent(value) {
  return value === null || value === undefined ? 'unknown' : (100 * value).toFixed(1) + ' %';
}

function seconds(value) {
  return value < 90
    ? value.toFixed(0) + ' s'
    : value < 5400
      ? (value / 60).toFixed(1) + ' min'
      : (value / 3600).toFixed(1) + ' h';
}

function range(interval, show) {
  return interval.low === null || interval.low === undefined ? '' : show(interval.low) + ' to ' + show(interval.high);
}

/** An estimate and its interval as the cell of a table. */
function estimate(interval, show) {
  return interval === null || interval === undefined
    ? document.createTextNode('')
    : element('span', {}, show(interval.mean), ' ', element('span', {class: 'range'}, range(interval, show)));
}

/** The cells of a row after the first are numbers, or elements. */
function table(head, rows, attributes) {
  const row = (cells, first) =>
    element(
      'tr',
      {},
      ...cells.map((cell, k) =>
        k === 0
          ? element('th', {scope: first}, cell)
          : element(first === 'col' ? 'th' : 'td', first === 'col' ? {scope: 'col'} : {}, cell),
      ),
    );
  return element(
    'table',
    attributes || {},
    element('thead', {}, row(head, 'col')),
    element(
      'tbody',
      {},
      ...rows.map(cells =>
        row(
          cells.map(cell => (typeof cell === 'number' ? number(cell) : (cell ?? ''))),
          'row',
        ),
      ),
    ),
  );
}

/** A wide table moves in its own frame, which the keyboard reaches. */
function scrolled(content, label) {
  return element('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label}, content);
}

const sections = [];

/** A part of the page; nothing when it has no content. */
function section(id, title, ...content) {
  const kept = content.filter(part => part !== null && part !== undefined);
  if (kept.length > 0) {
    sections.push({id, title, node: element('section', {id}, element('h2', {}, title), ...kept)});
  }
}

function plots(figures, width) {
  const kept = figures.filter(figure => figure !== null);
  return kept.length === 0 ? null : element('div', {class: width ? 'plots ' + width : 'plots'}, ...kept);
}
