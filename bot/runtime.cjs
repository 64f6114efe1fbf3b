'use strict';
// Says in one sentence why the program cannot start, before Node meets TypeScript.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Successor needs Node 24 or newer and found ${process.versions.node}. npm installs its own copy as the package "node"; its install script was blocked or it is missing. Run "npm rebuild node" (npm 12: "npm approve-scripts node" first), then try again.`,
  );
  process.exit(1);
}
try {
  require.resolve('botbuilder');
} catch {
  console.error('The packages are not installed. Run "npm ci" first.');
  process.exit(1);
}
