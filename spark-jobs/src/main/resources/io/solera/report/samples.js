// Held-out samples: fronts, distributions, domains.

/** The clouds of a page: before and after of one run, or the end of each of several. */
function groups() {
  if (!single) {
    return runs.flatMap((run, r) =>
      run.samples.length === 0
        ? []
        : [
            {
              name: run.name,
              colour: COLOURS[r],
              dash: DASHES[r],
              symbol: 'circle',
              samples: run.samples[run.samples.length - 1],
              style: r,
            },
          ],
    );
  }
  return runs[0].samples.map((samples, k) => ({...(k === 0 ? BEFORE : AFTER), samples}));
}

/** The points that no other one beats on both axes, from left to right. */
function pairFront(points) {
  const order = points
    .filter(point => point[0] !== null && point[1] !== null)
    .sort((a, b) => b[0] - a[0] || b[1] - a[1]);
  const front = [];
  let highest = -Infinity;
  for (const point of order) {
    if (point[1] > highest) {
      front.push(point);
      highest = point[1];
    }
  }
  return front.reverse();
}

/** The front as the edge of what it dominates: a line of steps from axis to axis. */
function edge(front) {
  return front.length === 0 ? [] : [[0, front[0][1]], ...front, [front[front.length - 1][0], 0]];
}

function fronts() {
  const charts = [];
  const scale = {scale: false, min: 0, max: 1};
  rewardNames.forEach((a, i) =>
    rewardNames.slice(i + 1).forEach(b => {
      const clouded = groups()
        .filter(group => group.samples.shaped[a] && group.samples.shaped[b])
        .map(group => {
          const points = group.samples.shaped[a]
            .map((x, k) => [x, group.samples.shaped[b][k]])
            .filter(point => point[0] !== null && point[1] !== null);
          return {...group, points, front: edge(pairFront(points))};
        });
      if (clouded.length > 0) {
        charts.push(
          clouds({
            title: a + ' and ' + b,
            groups: clouded,
            x: a + ', shaped',
            y: b + ', shaped',
            xAxis: scale,
            yAxis: scale,
          }),
        );
      }
    }),
  );
  return plots(charts);
}

function drawnText() {
  const parts = groups().map(
    group =>
      group.name +
      ' (round ' +
      group.samples.round +
      '): ' +
      group.samples.drawn.toLocaleString('en') +
      ' of ' +
      (group.samples.count * group.samples.every).toLocaleString('en') +
      ' samples',
  );
  return element(
    'p',
    {class: 'facts'},
    'Points ' + parts.join('; ') + '. Lines are the front of each pair: no sample is better on both axes.',
  );
}

function distributions() {
  const all = runs.flatMap((run, r) =>
    run.samples.map((samples, k) => ({run, r, k, last: k === run.samples.length - 1})));
  return plots(
    DATA.histograms.map(histogram => {
      const lines = all
        .map((of, place) => ({...of, shares: histogram.shares[place]}))
        .filter(of => single || of.last)
        .map(of =>
          single
            ? {
                name: of.k === 0 ? 'before' : 'after',
                style: of.k === 0 ? 7 : 0,
                dash: of.k === 0 ? BEFORE.dash : 'solid',
                shares: of.shares,
              }
            : {name: runName(of.run, histogram.reward, rawMeaning), style: of.r, shares: of.shares},
        );
      return lines.length === 0
        ? null
        : steps({
            title: histogram.reward,
            text: 'raw; share of the samples that have a value',
            edges: histogram.edges,
            lines,
            marks: thresholds(reward(runs[0], histogram.reward)),
          });
    }),
  );
}

function domains() {
  const charts = rewardNames.flatMap(name => {
    const clouded = groups()
      .filter(group => group.samples.domain[name])
      .map(group => ({
        ...group,
        front: null,
        points: group.samples.domain[name]
          .map((x, k) => [x, group.samples.raw[name][k]])
          .filter(point => point[0] !== null && point[1] !== null),
      }));
    return clouded.length === 0
      ? []
      : [
          clouds({
            title: name,
            text: 'against how near each sample is to what the reward was made from',
            groups: clouded,
            x: name + ', domain',
            y: name,
          }),
        ];
  });
  return charts.length === 0
    ? []
    : [
        element(
          'p',
          {},
          'A reward that was learned from examples can be trusted only near them. High values far to the left are' +
            ' guesses.',
        ),
        plots(charts),
      ];
}
