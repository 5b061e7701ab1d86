// What a number of a run means, in words. Numbers of different meaning are never in one row or on one curve without it.

/** Digests of what a call of a function read: its files by their names, those of a model by its folder. */
function readBy(run, call) {
  return Object.entries(run.read || {}).filter(([file]) => {
    const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')));
    return call.includes(file) || (folder !== '' && call.includes(folder));
  });
}

/** A reward in its unit: its function, and what it read where that differs between runs. */
function rawMeaning(run, name) {
  const call = reward(run, name).function || name;
  const contents = runs.filter(of => of.read).map(of => JSON.stringify(readBy(of, call)));
  if (new Set(contents).size <= 1) {
    return call + promptMeaning(run);
  }
  const files = readBy(run, call).map(([file, digest]) => file + ' ' + digest);
  return call + ' (' + files.join(', ') + ')' + promptMeaning(run);
}

function shapedMeaning(run, name) {
  return rawMeaning(run, name) + ' through ' + (reward(run, name).shaping || 'identity');
}

function promptMeaning(run) {
  return run.prompts ? ', prompts ' + run.prompts : '';
}

function successMeaning(run) {
  return run.rewards
    .filter(of => thresholds(of).length > 0)
    .map(of => [rawMeaning(run, of.name), ...thresholds(of).map(mark => mark.name)].join(' '))
    .join(', ');
}

/** Of what is made of all shaped rewards of a sample that are trained on. */
function togetherMeaning(run) {
  return run.rewards.filter(of => !of.observed).map(of => shapedMeaning(run, of.name)).join(', ');
}

function hypervolumeMeaning(run) {
  return togetherMeaning(run) + '; batches of ' + (ends(run)[1].hypervolume.batch || 100);
}

/** Of a share that falls with the number of samples that it is among. */
function amongMeaning(run, most) {
  const count = Math.min(most, ends(run)[1].samples).toLocaleString('en');
  return 'among ' + count + (run.kind ? ' ' + run.kind : '') + promptMeaning(run);
}

/** Of what only molecules and proteins have. */
function qualityMeaning(run) {
  return (run.kind ?? 'molecules') + promptMeaning(run);
}

function klMeaning(run) {
  return 'from ' + (run.reference || 'its own start') + promptMeaning(run);
}

/** The runs that have a measure, by what it means there. */
function byMeaning(pick, meaning) {
  const groups = new Map();
  for (const run of runs) {
    if (pick(ends(run)[1]) !== undefined) {
      const key = meaning ? meaning(run) : '';
      groups.set(key, [...(groups.get(key) || []), run]);
    }
  }
  return groups;
}

/** The name of a run in a chart of one reward, with what the reward means in it where that differs. */
function runName(run, name, meaning) {
  const meanings = byMeaning(of => of.rewards[name], of => meaning(of, name));
  return meanings.size > 1 ? run.name + ': ' + meaning(run, name) : run.name;
}

/** What of a chart of several runs cannot be compared. */
function differing(pick, meaning) {
  return !single && byMeaning(pick, meaning).size > 1 ? '; defined differently in these runs, see the table' : '';
}
