'use strict';
// Loaded before each child: it listens on this machine only, and ends with its parent.
const net = require('node:net');
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1');
  else if (args[0] && typeof args[0] === 'object' && 'port' in args[0]) args[0] = { ...args[0], host: '127.0.0.1' };
  return listen.apply(this, args);
};
process.on('disconnect', () => {
  setTimeout(() => process.exit(0), 3000).unref();
  if (!process.emit('SIGTERM')) process.exit(0);
});
