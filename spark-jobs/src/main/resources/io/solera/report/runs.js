// What the page is about: one run, or several that are compared; and how to ask them.

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
    return value === undefined || value === null
      ? [round.round, null]
      : typeof value === 'number'
        ? [round.round, value]
        : [round.round, value.mean, value.low, value.high];
  });
}

/** For one run all items in one chart; for several one chart per item, a line per run. */
function panels(items, {title, text, size, show, y}) {
  if (single) {
    const lines = items.map(item => ({name: item.name, points: item.points(runs[0])}));
    return [curves({title, text, size, show, y, lines})];
  }
  return items.map(item =>
    curves({
      title: item.name,
      text: item.text,
      size,
      show,
      y,
      lines: runs.map(run => ({name: run.name, points: item.points(run)})),
    }),
  );
}

/** The steps of a learner as points; each round starts from the blend again, which a round of one step cannot show. */
function stepPoints(run, learner, value) {
  const points = [];
  for (const round of run.rounds) {
    const steps = round.steps.filter(step => step.learner === learner);
    steps.forEach(step => points.push([round.round - 1 + step.step / steps.length, value(step)]));
    if (steps.length > 1) {
      points.push(null);
    }
  }
  return points;
}

function learners(run) {
  return [...new Set(run.rounds.flatMap(round => round.steps.map(step => step.learner)))];
}

function thresholds(of) {
  return [
    [of.at_least, 'at least '],
    [of.at_most, 'at most '],
  ]
    .filter(mark => mark[0] !== null && mark[0] !== undefined)
    .map(mark => ({value: mark[0], name: mark[1] + mark[0]}));
}

function successText(run) {
  const stated = run.rewards.flatMap(reward => thresholds(reward).map(mark => reward.name + ' ' + mark.name));
  return stated.length === 0
    ? 'No thresholds are stated, so nothing is called a success.'
    : 'A success is a sample with ' + stated.join(', ') + '.';
}

function ends(run) {
  const rounds = measured(run);
  return [rounds[0].evaluation, rounds[rounds.length - 1].evaluation];
}

/** The evaluation of the best round, where it is another than the last one that was measured. */
function bestOf(run) {
  const round = run.best && run.rounds.find(of => of.round === run.best.round);
  return round && round.evaluation && round.evaluation !== ends(run)[1] ? round.evaluation : null;
}

/** Where the stages of a run begin, on the axis of its rounds. */
function stageMarks() {
  return single
    ? runs[0].rounds
        .filter(round => round.stage && round.stage.round === 1)
        .map(round => ({name: round.stage.name, xAxis: round.round - 1}))
    : [];
}

/** An axis of shares around some points: round ends and steps, and nothing beyond 0 and 1. */
function shares(points) {
  const values = points
    .filter(point => point)
    .flatMap(point => point.slice(1))
    .filter(value => value !== null && value !== undefined);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const interval = high - low < 0.25 ? 0.05 : high - low < 0.5 ? 0.1 : 0.2;
  const end = value => Math.min(1, Math.max(0, Number((value * interval).toFixed(2))));
  return {min: end(Math.floor(low / interval - 0.1)), max: end(Math.ceil(high / interval + 0.1)), interval};
}
