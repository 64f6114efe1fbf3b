import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseCommand } from '../../dialogs/commands.ts';
import manifest from '../../manifest/manifest.json' with { type: 'json' };

describe('the Teams app', () => {
  it('offers only commands that the bot knows', () => {
    for (const list of manifest.bots.flatMap((bot) => bot.commandLists)) {
      assert.ok(list.commands.length <= 10);
      for (const command of list.commands) {
        assert.notEqual(parseCommand(command.title).command, 'answer', command.title);
        assert.ok(command.title.length <= 32 && command.description.length <= 128);
      }
    }
  });
  it('keeps within the lengths that Teams allows', () => {
    assert.ok(manifest.name.short.length <= 30 && manifest.name.full.length <= 100);
    assert.ok(manifest.description.short.length <= 80 && manifest.description.full.length <= 4000);
  });
  it('has its two icons in the right sizes', () => {
    const size = (file: string) => {
      const png = readFileSync(new URL(`../../manifest/${file}`, import.meta.url));
      return [png.readUInt32BE(16), png.readUInt32BE(20)];
    };
    assert.deepEqual(
      [size(manifest.icons.color), size(manifest.icons.outline)],
      [
        [192, 192],
        [32, 32],
      ],
    );
  });
});
