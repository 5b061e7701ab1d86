// The page in its order; screen and paper.

function differences() {
  return DATA.differences.length === 0
    ? element('p', {}, 'The runs have the same settings.')
    : scrolled(
        table(
          ['setting', ...runs.map(run => run.name)],
          DATA.differences.map(line => [line.key, ...line.values]),
        ),
        'Settings that differ',
      );
}

/** Warnings about rounds, from while the runs were going. */
function warnings() {
  return runs
    .filter(run => (run.warnings || []).length > 0)
    .map(run =>
      element(
        'div',
        {class: 'note'},
        ...(single ? [] : [element('strong', {}, run.name)]),
        ...run.warnings.map(warning => element('p', {}, 'Round ' + warning.round + ': ' + warning.text + '.')),
      ),
    );
}

function commonSuccessText() {
  return new Set(runs.map(successMeaning)).size === 1
    ? successText(runs[0])
    : 'Success is defined differently in them: each has a separate row.';
}

function build() {
  const page = document.getElementById('page');
  const header = element(
    'header',
    {},
    element('h1', {}, single ? runs[0].name : runs.length + ' runs compared'),
    ...runs.map(run => element('p', {class: 'facts'}, single ? facts(run) : run.name + ': ' + facts(run))),
  );
  section(
    'results',
    'Results',
    single ? keyFigures() : null,
    ...warnings(),
    element('p', {}, single ? sampleText() : 'The last measured policy of each run. ' + commonSuccessText()),
    element('div', {class: 'split'}, results(), overview()),
  );
  if (!single) {
    section('settings', 'Settings that differ', differences());
  }
  section(
    'rewards',
    'Rewards',
    element(
      'p',
      {},
      single
        ? 'Bands and whiskers are 95 % intervals of held-out means. Dashed lines are means of the rollouts, from step' +
          ' to step; each round starts from the blend.'
        : 'Bands and whiskers are 95 % intervals of held-out means.',
    ),
    rewardCurves(),
  );
  section('quality', 'Front, success and quality', quality());
  const sampled = groups().length > 0;
  const none = element('p', {}, 'This run kept no samples of its evaluations.');
  section('fronts', 'Fronts of pairs', ...(sampled ? [drawnText(), fronts()] : [none]));
  section('distributions', 'Distributions', sampled ? distributions() : null);
  section('domains', 'Near what was learned from', ...domains());
  section('experts', 'Experts and blend', ...blends());
  section('residues', 'Residues', ...residues());
  const kind = runs.some(run => run.molecules.length > 0)
    ? 'molecules'
    : runs.every(run => run.kind === 'proteins')
      ? 'sequences'
      : 'texts';
  section(
    'molecules',
    'Best ' + kind,
    element(
      'p',
      {},
      'Distinct ' +
        kind +
        (single && runs[0].best_samples_of !== undefined
          ? ' of the evaluation of round ' + runs[0].best_samples_of
          : ' of the best round') +
        ', those of the front first, each by the geometric mean of its shaped rewards. Numbers are raw rewards.',
    ),
    kind === 'molecules' ? obstacle() : kind === 'sequences' ? residueKey() : null,
    ...runs.flatMap(run => [
      single ? null : element('h3', {}, run.name),
      run.molecules.length > 0 ? molecules(run) : run.kind === 'proteins' ? sequences(run) : texts(run),
    ]),
  );
  const lacking = runs.flatMap(run => [single ? null : element('h3', {}, run.name), missing(run)]);
  section('missing', 'Missing rewards', ...lacking);
  section(
    'training',
    'Training',
    element(
      'p',
      {},
      single
        ? 'A line per expert, a point per step; definitions are in docs/run-folder.md.'
        : 'Means over the experts; definitions are in docs/run-folder.md.',
    ),
    diagnostics(),
  );
  section('time', 'Time', ...timeCharts());
  if (single) {
    section(
      'settings',
      'Settings',
      element(
        'details',
        {open: ''},
        element('summary', {}, 'job.yaml, every key'),
        element('pre', {tabindex: '0'}, runs[0].settings),
      ),
    );
  }
  page.append(
    header,
    element(
      'nav',
      {'aria-label': 'Sections'},
      ...sections.flatMap(part => [element('a', {href: '#' + part.id}, part.title), ' ']),
    ),
    ...sections.map(part => part.node),
  );
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
