import assert from 'node:assert/strict';
import { parseCommand } from '../../../dialogs/commands.ts';
import type { Command } from '../../../dialogs/types.ts';

describe('parseCommand', () => {
  const cases: [string, Command][] = [
    ['help', { command: 'help' }],
    ['  HELP!  ', { command: 'help' }],
    ['', { command: 'help' }],
    ['hello', { command: 'help' }],
    ['expiring', { command: 'expiring', days: 90, customer: null }],
    ['expiring 30', { command: 'expiring', days: 30, customer: null }],
    ['expiring 30 days contoso', { command: 'expiring', days: 30, customer: 'contoso' }],
    ['expiring contoso ltd', { command: 'expiring', days: 90, customer: 'contoso ltd' }],
    ['expiring 0', { command: 'expiring', days: 1, customer: null }],
    ['expiring 99999', { command: 'expiring', days: 3650, customer: null }],
    ['expiring est', { command: 'expiring', days: 90, customer: null, outcome: 'est' }],
    ['expiring ENDS 30 contoso', { command: 'expiring', days: 30, customer: 'contoso', outcome: 'ends' }],
    ['expiring 30 days renews contoso', { command: 'expiring', days: 30, customer: 'contoso', outcome: 'renews' }],
    ['expiring 3M renews', { command: 'expiring', days: 90, customer: '3M renews' }],
    ['expiring estate', { command: 'expiring', days: 90, customer: 'estate' }],
    ['show S-1001', { command: 'show', what: 'S-1001' }],
    ['move', { command: 'incomplete', of: 'move' }],
    ['Move  Contoso', { command: 'move', what: 'Contoso' }],
    ['invite', { command: 'incomplete', of: 'invite' }],
    ['Invite  Adatum Ltd', { command: 'invite', what: 'Adatum Ltd', through: null }],
    ['invite adatum through First Up', { command: 'invite', what: 'adatum', through: 'First Up' }],
    ['invite Breakthrough', { command: 'invite', what: 'Breakthrough', through: null }],
    ['invite Passing through', { command: 'invite', what: 'Passing through', through: null }],
    ['uninvite', { command: 'incomplete', of: 'uninvite' }],
    ['uninvite adatum', { command: 'uninvite', what: 'adatum' }],
    ['watch', { command: 'watch', what: null }],
    ['watch all', { command: 'watch', what: null }],
    ['watch crm online', { command: 'watch', what: 'crm online' }],
    ['unwatch', { command: 'unwatch' }],
    ['watching', { command: 'watching' }],
    ['remind', { command: 'remind', days: null }],
    ['remind 7, 30', { command: 'remind', days: [30, 7] }],
    ['Remind OFF', { command: 'remind', days: [] }],
    ['remind 5', { command: 'incomplete', of: 'remind' }],
    ['remind 30 megan', { command: 'incomplete', of: 'remind' }],
    ['report', { command: 'report' }],
    ['export', { command: 'export', what: 'tickets', format: 'csv' }],
    ['Export  JSON', { command: 'export', what: 'tickets', format: 'json' }],
    ['export record', { command: 'export', what: 'record', format: 'csv' }],
    ['export json decisions', { command: 'export', what: 'decisions', format: 'json' }],
    ['export contoso', { command: 'incomplete', of: 'export' }],
    ['export tickets record', { command: 'incomplete', of: 'export' }],
    ['export csv csv', { command: 'incomplete', of: 'export' }],
    ['exports', { command: 'answer', text: 'exports', didYouMean: 'export' }],
    ['status', { command: 'status' }],
    ['read-only on', { command: 'read-only', on: true }],
    ['Readonly OFF', { command: 'read-only', on: false }],
    ['read only on', { command: 'read-only', on: true }],
    ['read-only', { command: 'incomplete', of: 'read-only' }],
    ['read-only maybe', { command: 'incomplete', of: 'read-only' }],
    ['dry-run on', { command: 'dry-run', on: true }],
    ['Dry run OFF', { command: 'dry-run', on: false }],
    ['dryrun', { command: 'incomplete', of: 'dry-run' }],
    ['consent', { command: 'consent' }],
    ['concent', { command: 'answer', text: 'concent', didYouMean: 'consent' }],
    ['history s-1', { command: 'history', what: 's-1' }],
    ['cancel', { command: 'cancel' }],
    ['back', { command: 'back' }],
    ['yes', { command: 'answer', text: 'yes', didYouMean: null }],
    ['7', { command: 'answer', text: '7', didYouMean: null }],
    ['expirng 30', { command: 'answer', text: 'expirng 30', didYouMean: 'expiring 30' }],
    ['mvoe contoso', { command: 'answer', text: 'mvoe contoso', didYouMean: 'move contoso' }],
    ['watchin', { command: 'answer', text: 'watchin', didYouMean: 'watching' }],
    ['cancel that please', { command: 'answer', text: 'cancel that please', didYouMean: null }],
    ['sales professional', { command: 'answer', text: 'sales professional', didYouMean: null }],
  ];
  for (const [text, command] of cases) it(JSON.stringify(text), () => assert.deepEqual(parseCommand(text), command));
  it('takes nothing of what is too long: its end may be who stays behind', () => {
    assert.deepEqual(parseCommand('x'.repeat(5000)), { command: 'tooLong', max: 1_000 });
    const names = Array.from({ length: 60 }, (_, index) => `Dana Roy ${index}`).join(', ');
    assert.equal(names.length < 1_000, true);
    assert.equal((parseCommand(`all but ${names}`) as { text: string }).text, `all but ${names}`);
    assert.equal(parseCommand(`all but ${names}, ${names}`).command, 'tooLong');
  });
});
