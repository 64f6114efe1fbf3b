/** The icons, pixel by pixel, by Microsoft's rules for Teams apps. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

interface Picture {
  width: number;
  height: number;
  bits: number;
  /** Red, green, blue and opacity, 0 to 255. */
  at(x: number, y: number): [number, number, number, number];
}

/** A PNG of 8-bit colours, not interlaced. (PNG specification, 9 Filtering.) */
function decode(name: string): Picture {
  const png = readFileSync(new URL(`../../../manifest/${name}`, import.meta.url));
  const [width, height, bits, kind] = [png.readUInt32BE(16), png.readUInt32BE(20), png[24] as number, png[25]];
  assert.ok(kind === 2 || kind === 6, `${name} holds plain colours`);
  assert.equal(png[28], 0, 'not interlaced');
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  const size = kind === 6 ? 4 : 3;
  const packed = inflateSync(Buffer.concat(parts));
  const line = width * size;
  const pixels = Buffer.alloc(line * height);
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (line + 1)];
    for (let i = 0; i < line; i++) {
      const left = i >= size ? (pixels[y * line + i - size] as number) : 0;
      const up = y > 0 ? (pixels[(y - 1) * line + i] as number) : 0;
      const corner = i >= size && y > 0 ? (pixels[(y - 1) * line + i - size] as number) : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter as number] as number;
      pixels[y * line + i] = ((packed[y * (line + 1) + 1 + i] as number) + guess) & 255;
    }
  }
  return {
    width,
    height,
    bits,
    at(x, y) {
      const [r = 0, g = 0, b = 0, a = 255] = pixels.subarray(y * line + x * size, y * line + x * size + size);
      return [r, g, b, a];
    },
  };
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}

/** The first and last column and row with a pixel that `is`. */
function bounds(picture: Picture, is: (pixel: [number, number, number, number]) => boolean) {
  const hits = Array.from({ length: picture.width * picture.height }, (_, n) => [n % picture.width, Math.floor(n / picture.width)] as const).filter(([x, y]) =>
    is(picture.at(x, y)),
  );
  const [xs, ys] = [hits.map(([x]) => x), hits.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** How light it looks, 0 to 1. (WCAG 2.2, relative luminance.) */
function light([r, g, b]: [number, number, number, number]): number {
  const [lr, lg, lb] = [r, g, b].map((one) => (one / 255 <= 0.03928 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
}

describe('the icons', () => {
  it('in colour: 192 by 192, 8 bits, without holes, the symbol within the middle 96 by 96', () => {
    const picture = decode('color.png');
    assert.deepEqual([picture.width, picture.height, picture.bits], [192, 192, 8]);
    const ground = Math.max(...[0, 40, 96, 150, 191].flatMap((n) => [picture.at(n, 2), picture.at(2, n), picture.at(n, 189), picture.at(189, n)]).map(light));
    const symbol = bounds(picture, (pixel) => light(pixel) > ground + 0.08);
    for (const [side, value] of Object.entries(symbol)) assert.ok(value >= 48 && value <= 143, `${side} is at ${value}`);
    assert.ok(symbol.bottom - symbol.top >= 80, 'and it fills them');
    for (let n = 0; n < 192; n++) for (const pixel of [picture.at(n, n), picture.at(n, 0), picture.at(0, n)]) assert.equal(pixel[3], 255);
    const white = bounds(picture, (pixel) => light(pixel) > 0.95);
    assert.ok(white.right - white.left > 30, 'an arrow of pure white');
    assert.ok(1.05 / (ground + 0.05) >= 3, 'that stands out from the ground');
  });
  it('in colour, small: 32 by 32 on transparent', () => {
    const picture = decode('color32.png');
    assert.deepEqual([picture.width, picture.height, picture.bits], [32, 32, 8]);
    for (const [x, y] of [
      [0, 0],
      [31, 0],
      [0, 31],
      [31, 31],
    ] as const)
      assert.equal(picture.at(x, y)[3], 0);
    assert.equal(picture.at(16, 1)[3], 255);
  });
  it('in outline: 32 by 32, pure white on transparent, to 1 pixel of every edge', () => {
    const picture = decode('outline.png');
    assert.deepEqual([picture.width, picture.height, picture.bits], [32, 32, 8]);
    let seen = 0;
    for (let n = 0; n < 1024; n++) {
      const [r, g, b, a] = picture.at(n % 32, n >> 5);
      if (a > 0) assert.deepEqual([r, g, b], [255, 255, 255]);
      if (a === 255) seen++;
    }
    assert.ok(seen > 100 && seen < 700, `${seen} white pixels`);
    const drawn = bounds(picture, ([, , , a]) => a > 64);
    assert.ok(drawn.left <= 1 && drawn.top <= 1 && drawn.right >= 30 && drawn.bottom >= 30, JSON.stringify(drawn));
  });
});
