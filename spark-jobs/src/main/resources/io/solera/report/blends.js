// Experts and how they are blended.

function blends() {
  const experts = [...new Set(runs.flatMap(run => run.rounds.flatMap(round => round.blend.experts || [])))];
  if (experts.length === 0) {
    return [null];
  }
  const of = (run, value) =>
    run.rounds.filter(round => round.blend.experts).map(round => [round.round, value(round.blend)]);
  const place = (blend, name) => blend.experts.indexOf(name);
  const items = value =>
    experts.map(name => ({
      name,
      points: run => of(run, blend => (place(blend, name) < 0 ? null : value(blend, place(blend, name)))),
    }));
  const pairs = experts.flatMap((a, i) =>
    experts
      .slice(i + 1)
      .map(b => ({
        name: a + ' and ' + b,
        points: run =>
          of(run, blend =>
            place(blend, a) < 0 || place(blend, b) < 0 ? null : blend.cosines[place(blend, a)][place(blend, b)]),
      })),
  );
  const named = (list, what) => (single ? list : list.map(item => ({...item, name: item.name + ', ' + what})));
  return [
    plots([
      ...panels(
        named(
          items((blend, k) => blend.coefficients[k]),
          'blend weight',
        ),
        {title: 'Blend weights', text: 'coefficient of each expert\u2019s update', y: {scale: false}},
      ),
      ...panels(
        named(
          [
            ...items((blend, k) => blend.drift[k]),
            {name: 'policy', points: run => of(run, blend => blend.policy_drift)},
          ],
          'drift',
        ),
        {title: 'Drift', text: 'distance from where the round began', y: {scale: false}},
      ),
      ...(pairs.length > 0
        ? panels(named(summed(pairs), 'cosine'), {
            title: 'Cosines',
            text: 'of the experts\u2019 updates: above 0 they agree, below 0 they conflict',
            show: fixed,
          })
        : []),
      single && experts.length > 1 ? cosineMatrix(runs[0]) : null,
    ]),
  ];
}

/** For many pairs only the distribution of the cosines; the matrix has each. */
function summed(pairs) {
  if (pairs.length <= 6) {
    return pairs;
  }
  const over = (run, of) => {
    const rounds = new Map();
    pairs
      .flatMap(pair => pair.points(run))
      .filter(([, value]) => value !== null && value !== undefined)
      .forEach(([round, value]) => rounds.set(round, [...(rounds.get(round) || []), value]));
    return [...rounds].map(([round, values]) => [round, of(values)]);
  };
  const mean = values => values.reduce((a, b) => a + b, 0) / values.length;
  return [
    {name: 'highest of ' + pairs.length + ' pairs', points: run => over(run, values => Math.max(...values))},
    {name: 'mean', points: run => over(run, mean)},
    {name: 'lowest', points: run => over(run, values => Math.min(...values))},
  ];
}

/** The matrix of one round, with a slider over the rounds. */
function cosineMatrix(run) {
  const rounds = run.rounds.filter(round => round.blend.experts);
  const frame = element('div', {});
  const shown = element('output', {});
  const draw = place => {
    const blend = rounds[place].blend;
    shown.textContent = 'round ' + rounds[place].round + ' of ' + rounds[rounds.length - 1].round;
    const made = table(
      ['', ...blend.experts],
      blend.cosines.map((row, i) => [blend.experts[i], ...row.map(value => fixed(value))]),
      {class: 'matrix'},
    );
    made.querySelectorAll('tbody tr').forEach((line, i) =>
      line.querySelectorAll('td').forEach((box, j) => {
        const value = blend.cosines[i][j] ?? 0;
        box.style.background = value >= 0 ? `rgba(0, 114, 178, ${0.55 * value})` : `rgba(213, 94, 0, ${-0.55 * value})`;
      }),
    );
    frame.replaceChildren(made);
  };
  const slider = element('input', {
    type: 'range',
    min: '0',
    max: String(rounds.length - 1),
    value: String(rounds.length - 1),
    'aria-label': 'Round of the cosine matrix',
  });
  slider.addEventListener('input', () => draw(Number(slider.value)));
  draw(rounds.length - 1);
  return element(
    'figure',
    {},
    element('figcaption', {}, element('strong', {}, 'Cosine matrix'), ' of the updates in one round'),
    element('div', {class: 'slider'}, slider, shown),
    scrolled(frame, 'Cosines of the updates'),
  );
}
