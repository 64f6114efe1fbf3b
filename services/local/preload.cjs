'use strict';
// Loaded before each child: it listens on this machine only, and ends with its parent.
const http = require('node:http');
const net = require('node:net');
const { stranger } = require('../loopback.ts');
// Its log is a file, and a disk can be full.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (...args) {
  // A line that is reset must not end a child that forgot to listen for it.
  this.on('connection', (socket) => socket.on('error', () => {}));
  if (this instanceof http.Server) closeToPages(this);
  if (typeof args[0] === 'number' && typeof args[1] !== 'string') args.splice(1, 0, '127.0.0.1');
  else if (args[0] && typeof args[0] === 'object' && 'port' in args[0]) args[0] = { ...args[0], host: '127.0.0.1' };
  return listen.apply(this, args);
};
// Any page in a browser of this machine can reach a child; only this machine's own programs and pages are answered.
function closeToPages(server) {
  const emit = server.emit;
  server.emit = function (name, request, answer, ...more) {
    const knocks = name === 'request' || name === 'upgrade' || name === 'checkContinue';
    if (!knocks || stranger(request.method, request.headers) === null) return emit.call(this, name, request, answer, ...more);
    if (name === 'upgrade') answer.destroy();
    else answer.writeHead(403, { Connection: 'close' }).end();
    return true;
  };
}
// Azurite's tables end gently on SIGINT alone, its queues on either; a second signal must not cut that short.
let ending = false;
process.on('SIGINT', () => {
  ending = true;
});
process.on('disconnect', () => {
  setTimeout(() => process.exit(0), 4000).unref();
  if (ending) return;
  if (process.listenerCount('SIGINT') > 1) process.emit('SIGINT');
  else if (!process.emit('SIGTERM')) process.exit(0);
});
