/** A zip file, written plainly: stored, not packed, without a time, so that the same files are the same bytes on every machine. */
import { crc32 } from 'node:zlib';

export interface ZipFile {
  name: string;
  bytes: Buffer;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
/** 1 January 1980, the first day that the format knows. */
const NO_DATE = 0x21;

/** The archive of `files`, in their order. For small ones: sizes and offsets have 32 bits. (PKWARE APPNOTE 4.3.) */
export function zip(files: readonly ZipFile[]): Buffer {
  const bodies: Buffer[] = [];
  const index: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const named = Buffer.from(name, 'utf8');
    const local = Buffer.concat([numbers([LOCAL, 4]), about(named, bytes), named, bytes]);
    // Comment, disk and attributes are none.
    index.push(Buffer.concat([numbers([CENTRAL, 4], [VERSION, 2]), about(named, bytes), numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), named]));
    bodies.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(index);
  const end = numbers([END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [directory.length, 4], [offset, 4], [0, 2]);
  return Buffer.concat([...bodies, directory, end]);
}

/** What both headers of a file say of it: version, flags, stored, time, date, check sum, sizes, lengths of its name and extra. */
function about(name: Buffer, bytes: Buffer): Buffer {
  const { length } = bytes;
  return numbers([VERSION, 2], [UTF8, 2], [0, 2], [0, 2], [NO_DATE, 2], [crc32(bytes), 4], [length, 4], [length, 4], [name.length, 2], [0, 2]);
}

/** Each number in so many bytes, the lowest first. */
function numbers(...all: [value: number, bytes: 2 | 4][]): Buffer {
  return Buffer.concat(
    all.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
