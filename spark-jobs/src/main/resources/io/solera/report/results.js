// Before and after, or the ends of several runs.

/** Rows of the table of results: name, how to show it, the value of an evaluation, and what it means in a run. */
function measures() {
  const rows = [];
  for (const name of rewardNames) {
    rows.push(
      [name + ', shaped', number, of => of.rewards[name]?.shaped, run => shapedMeaning(run, name)],
      [name + observed(name), number, of => of.rewards[name]?.raw, run => rawMeaning(run, name)],
    );
  }
  rows.push(
    ['success', percent, of => of.success, successMeaning],
    ['hypervolume', number, of => of.hypervolume, hypervolumeMeaning],
    ['geometric mean', number, of => of.geometric_mean, togetherMeaning],
    ['validity', percent, validity, qualityMeaning],
    ['uniqueness', percent, of => of.uniqueness, run => amongMeaning(run, 1000)],
    ['novelty', percent, of => of.novelty, run => amongMeaning(run, Infinity)],
    ['internal diversity', number, of => of.internal_diversity, qualityMeaning],
    ['ICV, per sample', number, of => of.icv.per_sample ?? undefined, togetherMeaning],
    ['ICV, of means', number, of => of.icv.of_means ?? undefined, togetherMeaning],
    ['KL to the reference, nats per sample', number, of => of.kl, klMeaning],
    ['held-out samples', value => value.toLocaleString('en'), of => of.samples],
  );
  for (const name of rewardNames) {
    if (runs.some(run => run.rounds[0].evaluation.domain?.[name])) {
      rows.push(
        [name + ', domain', number, of => of.domain?.[name]?.mean, run => rawMeaning(run, name)],
        [
          name + ', domain of successes',
          number,
          of => of.domain?.[name]?.of_successes,
          run => rawMeaning(run, name) + ', ' + successMeaning(run),
        ],
      );
    }
  }
  return rows.filter(([, , pick]) => runs.some(run => pick(ends(run)[1]) !== undefined));
}

/** What is added to the name of a reward that all runs which have it observe. */
function observed(name) {
  const having = runs.filter(run => reward(run, name).name);
  return having.length > 0 && having.every(run => reward(run, name).observed) ? ', observed' : '';
}

/** With its interval where the run has one. */
function validity(of) {
  return of.validity_interval ?? of.validity;
}

function cell(value, show) {
  return value === undefined ? '' : value === null || typeof value === 'number' ? show(value) : estimate(value, show);
}

/** Whether two 95 % intervals are disjoint. */
function apart(before, after) {
  if (!before || !after || typeof before === 'number' || before.low === null || after.low === null) {
    return '';
  }
  return after.low > before.high ? '\u25b2 higher' : after.high < before.low ? '\u25bc lower' : 'overlap';
}

/** The measures of a policy on [0, 1], at a glance. */
function overview() {
  const rows = [
    ...rewardNames.map(name => [name, of => of.rewards[name]?.shaped, run => shapedMeaning(run, name)]),
    ['geometric mean', of => of.geometric_mean, togetherMeaning],
    ['success', of => of.success, successMeaning],
    ['hypervolume', of => of.hypervolume, hypervolumeMeaning],
    ['validity', validity, qualityMeaning],
    ['internal diversity', of => of.internal_diversity, qualityMeaning],
  ].filter(([, pick, meaning]) => byMeaning(pick, meaning).size === 1);
  const values = of => rows.map(([, pick]) => (typeof pick(of) === 'number' ? {mean: pick(of)} : pick(of)));
  const groups = single
    ? [
        {...BEFORE, line: undefined, symbol: 'emptyCircle', colour: '#4d4d4d', values: values(ends(runs[0])[0])},
        {...AFTER, values: values(ends(runs[0])[1])},
      ]
    : runs.map((run, r) => ({name: run.name, colour: COLOURS[r], symbol: SYMBOLS[r], values: values(ends(run)[1])}));
  return dots({
    title: single ? 'Before and after' : 'Last measured policies',
    text: 'shaped rewards and shares, with 95 % intervals',
    names: rows.map(([name]) => name),
    groups,
  });
}

function results() {
  if (single) {
    const [first, last] = ends(runs[0]);
    const best = bestOf(runs[0]);
    return scrolled(
      table(
        [
          'mean (95 % interval)',
          'before',
          'after',
          'intervals',
          ...(best ? ['best, round ' + runs[0].best.round] : []),
        ],
        measures().map(([name, show, pick]) => [
          name,
          cell(pick(first), show),
          cell(pick(last), show),
          apart(pick(first), pick(last)),
          ...(best ? [cell(pick(best), show)] : []),
        ]),
      ),
      'Results before and after',
    );
  }
  return scrolled(
    table(
      ['mean (95 % interval)', ...runs.map(run => run.name)],
      measures().flatMap(([name, show, pick, meaning]) => {
        const groups = byMeaning(pick, meaning);
        return [...groups].map(([means, of]) => [
          groups.size > 1 ? name + ': ' + means : name,
          ...runs.map(run => (of.includes(run) ? cell(pick(ends(run)[1]), show) : '')),
        ]);
      }),
    ),
    'Final results of the runs',
  );
}

function keyFigures() {
  const [first, last] = ends(runs[0]);
  const figures = [
    ['hypervolume', number, of => of.hypervolume],
    ['success', percent, of => of.success],
    ['geometric mean of the rewards', number, of => of.geometric_mean],
    ['validity', percent, validity],
  ].filter(([, , pick]) => pick(last) !== undefined);
  return element(
    'dl',
    {class: 'key'},
    ...figures.map(([name, show, pick]) => {
      const [before, after] = [pick(first), pick(last)];
      const value = of => (typeof of === 'number' ? show(of) : show(of?.mean));
      const intervals =
        typeof before === 'number'
          ? 'share of all samples'
          : range(after, show) === ''
            ? 'of one batch of ' + (after.batch || 100) + ', without an interval'
            : range(before, show) + ' \u2192 ' + range(after, show);
      return element(
        'div',
        {},
        element('dt', {}, name),
        element('dd', {class: 'value'}, value(before) + ' \u2192 ' + value(after)),
        element('dd', {class: 'range'}, intervals),
      );
    }),
  );
}

function facts(run) {
  const last = run.rounds[run.rounds.length - 1].round;
  return [
    'method ' + run.method,
    run.status === 'done'
      ? last + ' rounds in ' + seconds(run.seconds)
      : run.status === 'stopped'
        ? 'stopped after round ' + last + ' by stop-when.' + run.stopped
        : 'running, ' + last + ' rounds so far',
    ...(run.best
      ? ['best round ' + run.best.round + ' by ' + run.best.by + (run.best.round === last ? ', the last' : '')]
      : []),
    run.location,
    'policy ' + run.policy_sha256,
  ].join(' \u00b7 ');
}

function sampleText() {
  const [first, last] = [runs[0].samples[0], runs[0].samples[runs[0].samples.length - 1]];
  return (
    'Before is the policy that the run started from, after is the policy of round ' +
    measured(runs[0]).slice(-1)[0].round +
    '. ' +
    (first && last
      ? 'Measured on ' +
        ends(runs[0])[0].samples.toLocaleString('en') +
        ' and ' +
        ends(runs[0])[1].samples.toLocaleString('en') +
        ' held-out samples at temperature 1, with the same random numbers. '
      : '') +
    successText(runs[0])
  );
}
