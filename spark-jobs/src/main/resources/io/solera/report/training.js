// Rewards and quality over rounds, the experts' steps, time.

function rewardCurves() {
  const charts = [];
  const shapedScale = shares(
    rewardNames.flatMap(name =>
      runs.flatMap(run => [
        ...estimates(run, of => of.rewards[name]?.shaped),
        ...learners(run).flatMap(learner => stepPoints(run, learner, step => step[name + '_shaped'])),
      ]),
    ),
  );
  rewardNames.forEach((name, k) => {
    for (const kind of ['shaped', 'raw']) {
      const column = kind === 'shaped' ? name + '_shaped' : name;
      const lines = [];
      runs.forEach((run, r) => {
        lines.push({
          name: single ? 'policy, held out' : runName(run, name, kind === 'shaped' ? shapedMeaning : rawMeaning),
          style: single ? k : r,
          dash: single ? 'solid' : undefined,
          points: estimates(run, of => of.rewards[name]?.[kind]),
        });
        const own = learners(run).includes(name);
        const order = single ? [...learners(run)].sort((a, b) => (b === name) - (a === name)) : [];
        for (const learner of order) {
          const mine = learner === name || !own;
          lines.push({
            name: mine ? (own ? 'its expert, rollouts' : 'rollouts') : 'other experts, rollouts',
            label: learner + ', rollouts',
            thin: true,
            style: k,
            dash: mine ? [4, 2] : [1, 2],
            colour: mine ? undefined : '#9a9a9a',
            points: stepPoints(run, learner, step => step[column]),
          });
        }
      });
      const of = reward(runs[0], name);
      const shaping = of.shaping && of.shaping !== 'identity' ? ' through ' + of.shaping : '';
      charts.push(
        curves({
          title: name + ', ' + (kind === 'shaped' ? 'shaped' : 'raw'),
          text: kind === 'shaped' ? 'on [0, 1]' + shaping : of.function && of.function !== name ? of.function : '',
          lines,
          marks: kind === 'raw' ? thresholds(of) : [],
          y: kind === 'shaped' ? shapedScale : {},
        }),
      );
    }
  });
  return plots(charts);
}

/** An interval of two batches can reach beyond what a hypervolume can be. */
function hypervolumes(run) {
  return estimates(run, of => of.hypervolume)
    .map(point =>
      point && (point.length < 4 ? point : [point[0], point[1], Math.max(0, point[2]), Math.min(1, point[3])]));
}

function quality() {
  const share = name => ({
    name: name.replace('_', ' '),
    points: run => estimates(run, name === 'validity' ? validity : of => of[name]),
  });
  const told = ['validity', 'uniqueness', 'novelty', 'internal_diversity'].filter(name =>
    runs.some(run => ends(run)[1][name] !== undefined),
  );
  const ofBatches = 'of the front of a batch' + differing(of => of.hypervolume, hypervolumeMeaning);
  const ofSamples = 'share of all samples' + differing(of => of.success, successMeaning);
  const sentence = text => text[0].toUpperCase() + text.slice(1);
  return plots([
    ...panels([{name: 'hypervolume', text: ofBatches, points: hypervolumes}], {
      title: 'Hypervolume',
      text: 'of the front of ' + (ends(runs[0])[1].hypervolume.batch || 100) + ' samples, reference point 0',
      y: shares,
    }),
    ...panels([{name: 'success', text: ofSamples, points: run => estimates(run, of => of.success)}], {
      title: 'Success',
      text: 'share of all samples that meet every threshold',
      show: percent,
      y: shares,
    }),
    ...panels(told.map(share), {title: sentence(told.map(name => name.replace('_', ' ')).join(', ')), y: shares}),
    ...panels([{name: 'KL to the reference', text: 'nats per sample', points: run => estimates(run, of => of.kl)}], {
      title: 'KL to the reference',
      text: 'nats per sample',
    }),
  ]);
}

const DIAGNOSTICS = [
  ['loss', 'of the policy'],
  ['kl', 'to the reference, k3, nats per token'],
  ['entropy', 'of the next token, nats'],
  ['clip_fraction', 'share of tokens'],
  ['approximate_kl', 'from the policy that drew the samples, nats per token'],
  ['gradient_norm', 'before clipping'],
  ['lowest_cosine', "between two rewards' gradients; below 0 they conflict"],
  ['log_probability_gap', 'between sampling and training, nats'],
  ['learning_rate', ''],
  ['value_loss', 'of the critics'],
  ['explained_variance', 'of the critics'],
  ['length', 'tokens per sample'],
  ['ended', 'share that ended by themselves'],
  ['validity', 'share of the rollout'],
  ['resident_mib', 'memory of the process, MiB'],
];

function diagnostics() {
  return plots(
    DIAGNOSTICS.map(([name, text]) => {
      const lines = single
        ? learners(runs[0]).map(learner => ({
            name: learner,
            points: stepPoints(runs[0], learner, step => diagnostic(step, name)),
        }))
        : runs.map(run => ({name: run.name, points: meanOverLearners(run, name)}));
      return curves({
        title: name.replaceAll('_', ' '),
        text,
        size: 'third',
        y: ['ended', 'validity'].includes(name) ? shares : {},
        lines: lines.map((line, k) => ({...line, thin: true, style: k})),
      });
    }),
    'thirds',
  );
}

/** The number of a step: a reward that is called length has its own. */
function diagnostic(step, name) {
  return name === 'length' && 'sample_length' in step ? step.sample_length : step[name];
}

function meanOverLearners(run, name) {
  const all = learners(run).map(learner => stepPoints(run, learner, step => diagnostic(step, name)));
  const sums = new Map();
  all
    .flat()
    .filter(point => point && point[1] !== null && point[1] !== undefined)
    .forEach(([x, value]) => {
      const sum = sums.get(x) || [0, 0];
      sums.set(x, [sum[0] + value, sum[1] + 1]);
    });
  return [...sums].sort((a, b) => a[0] - b[0]).map(([x, [sum, count]]) => [x, sum / count]);
}

/** Seconds of all tasks; the rest of the slots' time is evaluation, then blend, commit and waiting. */
function times(run) {
  const sum = (round, key) => round.steps.reduce((total, step) => total + (step[key] || 0), 0);
  const kinds = ['generation', 'scoring', 'update'].map(kind => ({
    name: kind,
    values: run.rounds.map(round => sum(round, kind + '_seconds')),
  }));
  if (run.rounds[0].slots) {
    const evaluation = run.rounds.map(round => (round.evaluation_seconds || 0) * round.slots);
    kinds.push(
      {name: 'evaluation', values: evaluation},
      {
        name: 'other',
        values: run.rounds.map((round, k) =>
          Math.max(
            0,
            round.seconds * round.slots -
            evaluation[k] -
            kinds.slice(0, 3).reduce((total, kind) => total + kind.values[k], 0),
          ),
        ),
      },
    );
  }
  return kinds;
}

function timeCharts() {
  if (!single) {
    const kinds = times(runs[0]).map(kind => kind.name);
    return [
      scrolled(
        table(
          ['seconds of tasks', ...runs.map(run => run.name)],
          [
            ...kinds.map((kind, k) => [
              kind,
              ...runs.map(run => seconds((times(run)[k]?.values || []).reduce((a, b) => a + b, 0))),
            ]),
            [
              'whole run, by the clock',
              ...runs.map(run => seconds(run.rounds.reduce((a, round) => a + round.seconds, 0))),
            ],
          ],
        ),
        'Time',
      ),
    ];
  }
  const places = runs[0].rounds.map(round => round.round);
  const perReward = rewardNames.map(name => ({
    name,
    values: runs[0].rounds.map(round => round.steps.reduce((sum, step) => sum + (step[name + '_seconds'] || 0), 0)),
  }));
  return [
    plots([
      stacks({
        title: 'Seconds of tasks per round',
        text: 'other: blend, commit, waiting',
        places,
        parts: times(runs[0]),
        show: seconds,
      }),
      perReward.some(part => part.values.some(value => value > 0))
        ? stacks({
            title: 'Scoring per reward',
            text: 'seconds of tasks in the rollouts of a round',
            places,
            parts: perReward,
            show: value => number(value) + ' s',
          })
        : null,
    ]),
  ];
}
