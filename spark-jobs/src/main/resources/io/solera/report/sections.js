// What the page tells, section by section. `runs` holds one run, or several that are compared.

const DATA = JSON.parse(document.getElementById('data').textContent);
const runs = DATA.runs;
const single = runs.length === 1;
const BEFORE = {name: 'before', colour: '#a6a6a6', line: '#4d4d4d', style: 7, dash: [4, 3], symbol: 'circle'};
const AFTER = {name: 'after', colour: COLOURS[0], style: 0, dash: 'solid', symbol: 'circle'};
const rewardNames = [...new Set(runs.flatMap(run => run.rewards.map(reward => reward.name)))];

function measured(run) {
  return run.rounds.filter(round => round.evaluation);
}

function reward(run, name) {
  return run.rewards.find(reward => reward.name === name) || {};
}

/** Estimates of the measured rounds as points [round, mean, low, high]. */
function estimates(run, pick) {
  return measured(run).map(round => {
    const value = pick(round.evaluation);
    return value === undefined || value === null ? [round.round, null]
      : typeof value === 'number' ? [round.round, value] : [round.round, value.mean, value.low, value.high];
  });
}

/** For one run all items in one chart; for several one chart per item, a line per run. */
function panels(items, {title, text, size, show, y}) {
  if (single) {
    return [curves({title, text, size, show, y, lines: items.map(item => ({name: item.name, points: item.points(runs[0])}))})];
  }
  return items.map(item => curves({title: item.name, text: item.text, size, show, y, lines: runs.map(run => ({name: run.name, points: item.points(run)}))}));
}

/** The steps of a learner as points; each round starts anew from the blend. */
function stepPoints(run, learner, value) {
  const points = [];
  for (const round of run.rounds) {
    const steps = round.steps.filter(step => step.learner === learner);
    steps.forEach(step => points.push([round.round - 1 + step.step / steps.length, value(step)]));
    points.push(null);
  }
  return points;
}

function learners(run) {
  return [...new Set(run.rounds.flatMap(round => round.steps.map(step => step.learner)))];
}

function thresholds(of) {
  return [[of.at_least, 'at least '], [of.at_most, 'at most ']].filter(mark => mark[0] !== null && mark[0] !== undefined)
    .map(mark => ({value: mark[0], name: mark[1] + mark[0]}));
}

function successText(run) {
  const stated = run.rewards.flatMap(reward => thresholds(reward).map(mark => reward.name + ' ' + mark.name));
  return stated.length === 0 ? 'No thresholds are stated, so every sample is a success.' : 'A success is a sample with ' + stated.join(', ') + '.';
}

/** Rows of the table of results: name, how to show it, and the value of an evaluation. */
function measures() {
  const rows = [];
  for (const name of rewardNames) {
    rows.push([name + ', shaped', number, of => of.rewards[name]?.shaped], [name, number, of => of.rewards[name]?.raw]);
  }
  rows.push(['success', percent, of => of.success], ['hypervolume', number, of => of.hypervolume], ['geometric mean', number, of => of.geometric_mean],
    ['validity', percent, of => of.validity], ['uniqueness', percent, of => of.uniqueness], ['novelty', percent, of => of.novelty],
    ['internal diversity', number, of => of.internal_diversity], ['ICV, per sample', number, of => of.icv.per_sample], ['ICV, of means', number, of => of.icv.of_means],
    ['KL to the reference, nats per sample', number, of => of.kl]);
  for (const name of rewardNames) {
    if (runs.some(run => run.rounds[0].evaluation.domain?.[name])) {
      rows.push([name + ', domain', number, of => of.domain?.[name]?.mean], [name + ', domain of successes', number, of => of.domain?.[name]?.of_successes]);
    }
  }
  return rows;
}

function cell(value, show) {
  return value === undefined ? '' : value === null || typeof value === 'number' ? show(value) : estimate(value, show);
}

/** Whether two 95 % intervals lie apart. */
function apart(before, after) {
  if (!before || !after || typeof before === 'number' || before.low === null || after.low === null) {
    return '';
  }
  return after.low > before.high ? '\u25b2 higher' : after.high < before.low ? '\u25bc lower' : 'overlap';
}

/** What of a policy lies on [0, 1], at a glance. */
function overview() {
  const rows = [...rewardNames.map(name => [name, of => of.rewards[name]?.shaped]), ['geometric mean', of => of.geometric_mean], ['success', of => of.success], ['hypervolume', of => of.hypervolume],
    ['validity', of => of.validity], ['internal diversity', of => of.internal_diversity]];
  const values = of => rows.map(([, pick]) => typeof pick(of) === 'number' ? {mean: pick(of)} : pick(of));
  const groups = single ? [{...BEFORE, line: undefined, symbol: 'emptyCircle', colour: '#4d4d4d', values: values(ends(runs[0])[0])}, {...AFTER, values: values(ends(runs[0])[1])}]
    : runs.map((run, r) => ({name: run.name, colour: COLOURS[r], symbol: SYMBOLS[r], values: values(ends(run)[1])}));
  return dots({title: single ? 'Before and after' : 'Last measured policies', text: 'shaped rewards and shares, with 95 % intervals', names: rows.map(([name]) => name), groups});
}

function results() {
  if (single) {
    const [first, last] = ends(runs[0]);
    return scrolled(table(['mean (95 % interval)', 'before', 'after', 'intervals'], measures().map(([name, show, pick]) =>
      [name, cell(pick(first), show), cell(pick(last), show), apart(pick(first), pick(last))])), 'Results before and after');
  }
  return scrolled(table(['mean (95 % interval)', ...runs.map(run => run.name)], measures().map(([name, show, pick]) =>
    [name, ...runs.map(run => cell(pick(ends(run)[1]), show))])), 'Final results of the runs');
}

function ends(run) {
  const rounds = measured(run);
  return [rounds[0].evaluation, rounds[rounds.length - 1].evaluation];
}

function keyFigures() {
  const [first, last] = ends(runs[0]);
  const figures = [['hypervolume', number, of => of.hypervolume], ['success', percent, of => of.success], ['geometric mean of the rewards', number, of => of.geometric_mean], ['validity', percent, of => of.validity]];
  return element('dl', {class: 'key'}, ...figures.map(([name, show, pick]) => {
    const [before, after] = [pick(first), pick(last)];
    const value = of => typeof of === 'number' ? show(of) : show(of?.mean);
    const intervals = typeof before === 'number' ? 'share of all samples' : range(before, show) + ' \u2192 ' + range(after, show);
    return element('div', {}, element('dt', {}, name), element('dd', {class: 'value'}, value(before) + ' \u2192 ' + value(after)), element('dd', {class: 'range'}, intervals));
  }));
}

/** An axis of shares around some points: round ends and steps, and nothing beyond 0 and 1. */
function shares(points) {
  const values = points.filter(point => point).flatMap(point => point.slice(1)).filter(value => value !== null && value !== undefined);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const interval = high - low < 0.25 ? 0.05 : high - low < 0.5 ? 0.1 : 0.2;
  const end = value => Math.min(1, Math.max(0, Number((value * interval).toFixed(2))));
  return {min: end(Math.floor(low / interval - 0.1)), max: end(Math.ceil(high / interval + 0.1)), interval};
}

function rewardCurves() {
  const charts = [];
  const shapedScale = shares(rewardNames.flatMap(name => runs.flatMap(run => [...estimates(run, of => of.rewards[name]?.shaped),
    ...learners(run).flatMap(learner => stepPoints(run, learner, step => step[name + '_shaped']))])));
  rewardNames.forEach((name, k) => {
    for (const kind of ['shaped', 'raw']) {
      const column = kind === 'shaped' ? name + '_shaped' : name;
      const lines = [];
      runs.forEach((run, r) => {
        lines.push({name: single ? 'policy, held out' : run.name, style: single ? k : r, dash: single ? 'solid' : undefined, points: estimates(run, of => of.rewards[name]?.[kind])});
        const own = learners(run).includes(name);
        const order = single ? [...learners(run)].sort((a, b) => (b === name) - (a === name)) : [];
        for (const learner of order) {
          const mine = learner === name || !own;
          lines.push({name: mine ? (own ? 'its expert, rollouts' : 'rollouts') : 'other experts, rollouts', label: learner + ', rollouts', thin: true, style: k, dash: mine ? [4, 2] : [1, 2],
            colour: mine ? undefined : '#9a9a9a', points: stepPoints(run, learner, step => step[column])});
        }
      });
      const of = reward(runs[0], name);
      const shaping = of.shaping && of.shaping !== 'identity' ? ' through ' + of.shaping : '';
      charts.push(curves({title: name + ', ' + (kind === 'shaped' ? 'shaped' : 'raw'), text: kind === 'shaped' ? 'on [0, 1]' + shaping : of.function && of.function !== name ? of.function : '', lines,
        marks: kind === 'raw' ? thresholds(of) : [], y: kind === 'shaped' ? shapedScale : {}}));
    }
  });
  return plots(charts);
}

function quality() {
  const share = name => ({name: name.replace('_', ' '), points: run => estimates(run, of => of[name])});
  return plots([
    ...panels([{name: 'hypervolume', text: 'of the front of 100 samples', points: run => estimates(run, of => of.hypervolume)}], {title: 'Hypervolume', text: 'of the front of 100 samples, reference point 0'}),
    ...panels([{name: 'success', text: 'share of all samples', points: run => estimates(run, of => of.success)}], {title: 'Success', text: 'share of all samples that meet every threshold', show: percent, y: shares}),
    ...panels([share('validity'), share('uniqueness'), share('novelty'), share('internal_diversity')], {title: 'Validity, uniqueness, novelty, internal diversity', y: shares}),
    ...panels([{name: 'KL to the reference', text: 'nats per sample', points: run => estimates(run, of => of.kl)}], {title: 'KL to the reference', text: 'nats per sample'})]);
}

function blends() {
  const experts = [...new Set(runs.flatMap(run => run.rounds.flatMap(round => round.blend.experts || [])))];
  if (experts.length === 0) {
    return [null];
  }
  const of = (run, value) => run.rounds.filter(round => round.blend.experts).map(round => [round.round, value(round.blend)]);
  const place = (blend, name) => blend.experts.indexOf(name);
  const items = value => experts.map(name => ({name, points: run => of(run, blend => place(blend, name) < 0 ? null : value(blend, place(blend, name)))}));
  const pairs = experts.flatMap((a, i) => experts.slice(i + 1).map(b => ({name: a + ' and ' + b,
    points: run => of(run, blend => place(blend, a) < 0 || place(blend, b) < 0 ? null : blend.cosines[place(blend, a)][place(blend, b)])})));
  const named = (list, what) => single ? list : list.map(item => ({...item, name: item.name + ', ' + what}));
  return [plots([
    ...panels(named(items((blend, k) => blend.coefficients[k]), 'blend weight'), {title: 'Blend weights', text: 'coefficient of each expert\u2019s update', y: {scale: false}}),
    ...panels(named([...items((blend, k) => blend.drift[k]), {name: 'policy', points: run => of(run, blend => blend.policy_drift)}], 'drift'), {title: 'Drift', text: 'distance from where the round began', y: {scale: false}}),
    ...(pairs.length > 0 ? panels(named(pairs, 'cosine'), {title: 'Cosines', text: 'of the experts\u2019 updates: above 0 they agree, below 0 they conflict', show: fixed}) : []),
    single && experts.length > 1 ? cosineMatrix(runs[0]) : null])];
}

/** The matrix of one round, with a slider over the rounds. */
function cosineMatrix(run) {
  const rounds = run.rounds.filter(round => round.blend.experts);
  const frame = element('div', {});
  const shown = element('output', {});
  const draw = place => {
    const blend = rounds[place].blend;
    shown.textContent = 'round ' + rounds[place].round + ' of ' + rounds[rounds.length - 1].round;
    const made = table(['', ...blend.experts], blend.cosines.map((row, i) => [blend.experts[i], ...row.map(value => fixed(value))]), {class: 'matrix'});
    made.querySelectorAll('tbody tr').forEach((line, i) => line.querySelectorAll('td').forEach((box, j) => {
      const value = blend.cosines[i][j] ?? 0;
      box.style.background = value >= 0 ? `rgba(0, 114, 178, ${0.55 * value})` : `rgba(213, 94, 0, ${-0.55 * value})`;
    }));
    frame.replaceChildren(made);
  };
  const slider = element('input', {type: 'range', min: '0', max: String(rounds.length - 1), value: String(rounds.length - 1), 'aria-label': 'Round of the cosine matrix'});
  slider.addEventListener('input', () => draw(Number(slider.value)));
  draw(rounds.length - 1);
  return element('figure', {}, element('figcaption', {}, element('strong', {}, 'Cosine matrix'), ' of the updates in one round'), element('div', {class: 'slider'}, slider, shown), scrolled(frame, 'Cosines of the updates'));
}
