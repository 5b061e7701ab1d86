// Best molecules, and samples without a reward.

/** Scores that are missing, in all rollouts and in the held-out samples. */
function missing(run) {
  const rows = [];
  for (const {name} of run.rewards) {
    const reasons = new Set(run.samples.flatMap(samples => Object.keys(samples.missing[name] || {})));
    const prefix = name + '.';
    const steps = run.rounds.flatMap(round => round.steps);
    steps.forEach(step =>
      Object.keys(step)
        .filter(key => key.startsWith(prefix))
        .forEach(key => reasons.add(key.slice(prefix.length))),
    );
    for (const reason of reasons) {
      const drawn = steps.reduce((sum, step) => sum + step.samples, 0);
      const count = steps.reduce((sum, step) => sum + (step[prefix + reason] || 0), 0);
      const texts = run.samples.flatMap(samples => samples.missing[name]?.[reason]?.examples || []);
      rows.push([
        name,
        reason,
        drawn === 0 ? '' : count + ' (' + percent(count / drawn) + ')',
        ...[0, 1].map(k =>
          k < run.samples.length
            ? percent((run.samples[k].missing[name]?.[reason]?.count || 0) / run.samples[k].count)
            : '',
        ),
        element('div', {}, ...texts.slice(-3).map(text => element('div', {class: 'smiles'}, text))),
      ]);
    }
  }
  const made = table(['reward', 'reason', 'rollouts', 'held out, before', 'after', 'examples'], rows);
  made
    .querySelectorAll('tr')
    .forEach(row => [row.children[1], row.children[5]].forEach(box => box && (box.style.textAlign = 'left')));
  return rows.length === 0
    ? element('p', {}, 'Every reward had a value for every sample.')
    : scrolled(made, 'Missing rewards');
}

function molecules(run) {
  return element(
    'ul',
    {class: 'molecules'},
    ...run.molecules.map(molecule => {
      const values = Object.entries(molecule.rewards).map(([name, pair]) =>
        element('tr', {}, element('th', {scope: 'row'}, name), element('td', {}, number(pair[0]))),
      );
      return element(
        'li',
        {},
        molecule.svg
          ? element('img', {
              src: 'data:image/svg+xml,' + encodeURIComponent(molecule.svg),
              alt: 'Structure of ' + molecule.smiles,
              loading: 'eager',
            })
          : null,
        element(
          'table',
          {},
          element(
            'tbody',
            {},
            element(
              'tr',
              {},
              element(
                'th',
                {scope: 'row'},
                element('strong', {}, molecule.front ? 'geometric mean, front' : 'geometric mean'),
              ),
              element('td', {}, element('strong', {}, number(molecule.geometric_mean))),
            ),
            ...values,
          ),
        ),
        element('span', {class: 'smiles'}, molecule.smiles),
      );
    }),
  );
}

/** The best samples of a run that writes no molecules: prompts and texts as they are. */
function texts(run) {
  const rows = run.texts.map(sample => [
    number(sample.geometric_mean),
    ...rewardNames.map(name => number(sample[name])),
    sample.front ? 'front' : '',
    element(
      'div',
      {class: 'smiles'},
      sample.prompt === undefined ? null : element('em', {}, sample.prompt + ' '),
      sample.text,
    ),
  ]);
  const made = table(['mean', ...rewardNames, '', 'sample'], rows);
  made.querySelectorAll('td:last-child').forEach(cell => (cell.style.textAlign = 'left'));
  return scrolled(made, 'Best samples');
}

function obstacle() {
  const why = runs.map(run => run.obstacle).find(text => text);
  const text = 'No structures are drawn: ' + why + '. The molecules are given as SMILES.';
  return why ? element('p', {class: 'note'}, text) : null;
}
