// Training, time, settings; the page in its order; print.

const DIAGNOSTICS = [['loss', 'of the policy'], ['kl', 'to the reference, k3, nats per token'], ['entropy', 'of the next token, nats'], ['clip_fraction', 'share of tokens'],
  ['approximate_kl', 'from the policy that drew the samples, nats per token'], ['gradient_norm', 'before clipping'], ['learning_rate', ''], ['value_loss', 'of the critics'],
  ['explained_variance', 'of the critics'], ['length', 'tokens per sample'], ['ended', 'share that ended by themselves'], ['validity', 'share of the rollout'], ['resident_mib', 'memory of the process, MiB']];

function diagnostics() {
  return plots(DIAGNOSTICS.map(([name, text]) => {
    const lines = single
      ? learners(runs[0]).map(learner => ({name: learner, points: stepPoints(runs[0], learner, step => step[name])}))
      : runs.map(run => ({name: run.name, points: meanOverLearners(run, name)}));
    return curves({title: name.replaceAll('_', ' '), text, size: 'third', y: ['ended', 'validity'].includes(name) ? shares : {}, lines: lines.map((line, k) => ({...line, thin: true, style: k}))});
  }), 'thirds');
}

function meanOverLearners(run, name) {
  const all = learners(run).map(learner => stepPoints(run, learner, step => step[name]));
  const sums = new Map();
  all.flat().filter(point => point && point[1] !== null && point[1] !== undefined).forEach(([x, value]) => {
    const sum = sums.get(x) || [0, 0];
    sums.set(x, [sum[0] + value, sum[1] + 1]);
  });
  return [...sums].sort((a, b) => a[0] - b[0]).map(([x, [sum, count]]) => [x, sum / count]);
}

/** Seconds of all tasks; what the slots did beside is evaluation, then blend, commit and waiting. */
function times(run) {
  const sum = (round, key) => round.steps.reduce((total, step) => total + (step[key] || 0), 0);
  const kinds = ['generation', 'scoring', 'update'].map(kind => ({name: kind, values: run.rounds.map(round => sum(round, kind + '_seconds'))}));
  if (run.rounds[0].slots) {
    const evaluation = run.rounds.map(round => (round.evaluation_seconds || 0) * round.slots);
    kinds.push({name: 'evaluation', values: evaluation},
      {name: 'other', values: run.rounds.map((round, k) => Math.max(0, round.seconds * round.slots - evaluation[k] - kinds.slice(0, 3).reduce((total, kind) => total + kind.values[k], 0)))});
  }
  return kinds;
}

function timeCharts() {
  if (!single) {
    const kinds = times(runs[0]).map(kind => kind.name);
    return [scrolled(table(['seconds of tasks', ...runs.map(run => run.name)], [...kinds.map((kind, k) => [kind, ...runs.map(run => seconds((times(run)[k]?.values || []).reduce((a, b) => a + b, 0)))]),
      ['whole run, by the clock', ...runs.map(run => seconds(run.rounds.reduce((a, round) => a + round.seconds, 0)))]]), 'Time')];
  }
  const places = runs[0].rounds.map(round => round.round);
  const perReward = rewardNames.map(name => ({name, values: runs[0].rounds.map(round => round.steps.reduce((sum, step) => sum + (step[name + '_seconds'] || 0), 0))}));
  return [plots([
    stacks({title: 'Seconds of tasks per round', text: 'other: blend, commit, waiting', places, parts: times(runs[0]), show: seconds}),
    perReward.some(part => part.values.some(value => value > 0)) ? stacks({title: 'Scoring per reward', text: 'seconds of tasks in the rollouts of a round', places, parts: perReward, show: value => number(value) + ' s'}) : null])];
}

function differences() {
  return DATA.differences.length === 0 ? element('p', {}, 'The runs have the same settings.')
    : scrolled(table(['setting', ...runs.map(run => run.name)], DATA.differences.map(line => [line.key, ...line.values])), 'Settings that differ');
}

function facts(run) {
  const last = run.rounds[run.rounds.length - 1].round;
  return [run.status === 'done' ? last + ' rounds in ' + seconds(run.seconds) : 'running, ' + last + ' rounds so far', run.location, 'policy ' + run.policy_sha256].join(' \u00b7 ');
}

function sampleText() {
  const [first, last] = [runs[0].samples[0], runs[0].samples[runs[0].samples.length - 1]];
  return 'Before is the policy that the run started from, after is the policy of round ' + (measured(runs[0]).slice(-1)[0].round) + '. '
    + (first && last ? 'Measured on ' + ends(runs[0])[0].samples.toLocaleString('en') + ' and ' + ends(runs[0])[1].samples.toLocaleString('en') + ' held-out samples at temperature 1, with the same random numbers. ' : '') + successText(runs[0]);
}

function build() {
  const page = document.getElementById('page');
  const header = element('header', {}, element('h1', {}, single ? runs[0].name : runs.length + ' runs compared'),
    ...runs.map(run => element('p', {class: 'facts'}, single ? facts(run) : run.name + ': ' + facts(run))));
  section('results', 'Results', single ? keyFigures() : null, element('p', {}, single ? sampleText() : 'The last measured policy of each run. ' + successText(runs[0])), element('div', {class: 'split'}, results(), overview()));
  if (!single) {
    section('settings', 'Settings that differ', differences());
  }
  section('rewards', 'Rewards', element('p', {}, single ? 'Bands and whiskers are 95 % intervals of held-out means. Dashed lines are means of the rollouts, from step to step; each round begins again from the blend.' : 'Bands and whiskers are 95 % intervals of held-out means.'), rewardCurves());
  section('quality', 'Front, success and quality', quality());
  const sampled = groups().length > 0;
  const none = element('p', {}, 'This run kept no samples of its evaluations.');
  section('fronts', 'Fronts of pairs', ...(sampled ? [drawnText(), fronts()] : [none]));
  section('distributions', 'Distributions', sampled ? distributions() : null);
  section('domains', 'Near what was learned from', ...domains());
  section('experts', 'Experts and blend', ...blends());
  section('molecules', 'Best molecules', element('p', {}, 'Distinct molecules of the last evaluation, those of the front first, each by the geometric mean of its shaped rewards. Numbers are raw rewards.'), obstacle(),
    ...runs.flatMap(run => [single ? null : element('h3', {}, run.name), molecules(run)]));
  section('missing', 'Missing rewards', ...runs.flatMap(run => [single ? null : element('h3', {}, run.name), missing(run)]));
  section('training', 'Training', element('p', {}, single ? 'A line per expert, a point per step; definitions are in docs/run-folder.md.' : 'Means over the experts; definitions are in docs/run-folder.md.'), diagnostics());
  section('time', 'Time', ...timeCharts());
  if (single) {
    section('settings', 'Settings', element('details', {open: ''}, element('summary', {}, 'job.yaml, every key'), element('pre', {tabindex: '0'}, runs[0].settings)));
  }
  page.append(header, element('nav', {'aria-label': 'Sections'}, ...sections.flatMap(part => [element('a', {href: '#' + part.id}, part.title), ' '])), ...sections.map(part => part.node));
}

const begun = performance.now();
build();
drawAll();
document.body.dataset.drawnIn = String(Math.round(performance.now() - begun));

function resizeAll(size) {
  drawings.forEach(drawing => {
    drawing.chart.resize(size);
    fitted(drawing);
  });
}
let resizing;
window.addEventListener('resize', () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => resizeAll(), 100);
});
// about half of a page of A4 or Letter between its margins, in CSS pixels; the style fits it to the paper
window.addEventListener('beforeprint', () => resizeAll({width: 350}));
window.addEventListener('afterprint', () => resizeAll({width: 'auto'}));
