'use strict';
// Says in one sentence why the program cannot start, before Node meets TypeScript.
const OLDEST = 24;

function has(name) {
  try {
    return Boolean(require.resolve(`${name}/package.json`));
  } catch {
    return false;
  }
}

/** What to do about a Node that is too old, by what is installed. */
function remedy() {
  if (!has('botbuilder')) return 'Run "npm ci" first: its development packages bring a Node of their own.';
  if (has('node'))
    return 'The package "node" that brings one is installed, but its install script was blocked: run "npm rebuild node" (npm 12: "npm approve-scripts node" first).';
  return 'This installation is without development packages, so it runs on the Node of its machine: install a newer one there, or use an image that has it.';
}

if (Number(process.versions.node.split('.')[0]) < OLDEST) {
  console.error(`Successor needs Node ${OLDEST} or newer and found ${process.versions.node}. ${remedy()}`);
  process.exit(1);
}
if (!has('botbuilder')) {
  console.error('The packages are not installed. Run "npm ci" first.');
  process.exit(1);
}
