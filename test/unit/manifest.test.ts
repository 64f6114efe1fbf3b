import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { COMMAND_WORDS, COMMANDS } from '../../dialogs/commands.ts';
import manifest from '../../manifest/manifest.json' with { type: 'json' };

describe('the Teams app', () => {
  it('offers the commands that are meant for the menu, as many as Teams takes', () => {
    const menu = COMMAND_WORDS.filter((word) => COMMANDS[word].inMenu);
    for (const list of manifest.bots.flatMap((bot) => bot.commandLists)) {
      assert.deepEqual(
        list.commands.map((one) => one.title),
        menu,
      );
      assert.ok(list.commands.length <= 10);
      for (const command of list.commands) assert.ok(command.title.length <= 32 && command.description.length <= 128);
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
