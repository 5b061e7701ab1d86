// Proteins: what the samples are made of, and the best chains with their residues coloured.

/** What side chains are like, in the classes of Clustal: letters, class, name. */
const SIDE_CHAINS = [
  ['KRH', 'positive', 'positive: K, R, H'],
  ['DE', 'negative', 'negative: D, E'],
  ['AVLIMFWY', 'hydrophobic', 'hydrophobic: A, V, L, I, M, F, W, Y'],
  ['STNQ', 'polar', 'polar: S, T, N, Q'],
  ['CGP', 'special', 'C, G, P'],
];

function sideChain(letter) {
  return SIDE_CHAINS.find(([letters]) => letters.includes(letter)) || ['', 'special'];
}

/** A chain, its residues coloured by what they are like; neighbours of a class share an element. */
function chain(text) {
  const parts = [];
  for (const letter of text) {
    const of = sideChain(letter)[1];
    if (parts.length > 0 && parts[parts.length - 1].of === of) {
      parts[parts.length - 1].letters += letter;
    } else {
      parts.push({of, letters: letter});
    }
  }
  return element(
    'div',
    {class: 'chain'},
    ...parts.map(part => element('span', {class: 'residue-' + part.of}, part.letters)),
  );
}

function residueKey() {
  return element(
    'ul',
    {class: 'legend chain'},
    ...SIDE_CHAINS.map(([, of, name]) => element('li', {}, element('span', {class: 'residue-' + of}, name))),
  );
}

/** The best proteins of a run. */
function sequences(run) {
  const rows = run.texts.map(sample => [
    number(sample.geometric_mean),
    ...rewardNames.map(name => number(sample[name])),
    String(sample.text.length),
    sample.front ? 'front' : '',
    chain(sample.text),
  ]);
  const made = table(['mean', ...rewardNames, 'residues', '', 'sequence'], rows);
  made.querySelectorAll('td:last-child, th:last-child').forEach(cell => (cell.style.textAlign = 'left'));
  return scrolled(made, 'Best sequences');
}

/** The shares of the residues of the best samples of a run, each chain counting by its length. */
function bestShares(run, letters) {
  const all = run.texts.map(sample => sample.text).join('');
  return [...letters].map(letter => ({mean: [...all].filter(one => one === letter).length / all.length}));
}

/** Composition and length of the samples: before, after and the best, or the ends of several runs. */
function residues() {
  const measured = groups().filter(group => group.samples.residues);
  if (measured.length === 0) {
    return [];
  }
  const letters = measured[0].samples.residues.letters;
  const order = SIDE_CHAINS.map(([of]) => of).join('');
  const sorted = values => [...order].map(letter => values[letters.indexOf(letter)]);
  const compared = measured.map(group => ({
    ...group,
    line: undefined,
    symbol: group.name === BEFORE.name ? 'emptyCircle' : 'circle',
    colour: group.name === BEFORE.name ? '#4d4d4d' : group.colour,
    values: sorted(group.samples.residues.shares).map(share => ({mean: share})),
  }));
  if (single && runs[0].texts.length > 0) {
    const values = sorted(bestShares(runs[0], letters));
    const name = 'the best ' + runs[0].texts.length;
    compared.push({name, colour: COLOURS[1], symbol: 'diamond', values});
  }
  const highest = Math.max(...compared.flatMap(group => group.values.map(value => value.mean)));
  const longest = Math.max(...measured.map(group => group.samples.residues.lengths.length));
  const lines = measured.map((group, k) => {
    const counts = group.samples.residues.lengths;
    const all = counts.reduce((sum, count) => sum + count, 0);
    return {
      name: group.name,
      style: group.style,
      dash: group.dash,
      shares: Array.from({length: longest}, (_, length) => (counts[length] || 0) / Math.max(1, all)),
    };
  });
  const edges = Array.from({length: longest + 1}, (_, length) => length - 0.5);
  return [
    plots([
      dots({
        title: 'Composition',
        text: 'share of each amino acid among all residues of the valid samples',
        size: 'residues',
        names: [...order],
        groups: compared,
        max: Math.ceil(20 * highest) / 20,
        show: value => percent(value).replace('.0 %', ' %'),
        spread: 5,
      }),
      steps({
        title: 'Length',
        text: 'residues; share of the valid samples',
        size: 'residues',
        edges,
        lines,
        marks: [],
      }),
    ]),
  ];
}
