/** The retirement programmes of the product, and those of the settings' folder. */
import { fileURLToPath } from 'node:url';
import { type Programme, readProgrammes } from '../../services/catalogue/programmes.ts';
import { StartError } from '../../services/startError.ts';

const OWN = fileURLToPath(new URL('../../services/catalogue/programmes/', import.meta.url));

/** All of them; `folder` null: the product's alone. Throws StartError. */
export function programmesIn(folder: string | null): Programme[] {
  try {
    return readProgrammes(folder === null ? [OWN] : [OWN, folder]);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw new StartError(`PROGRAMMES_DIR is '${folder}', which is no folder. Set it to a folder of programme files, or take it away.`);
    throw new StartError((error as Error).message);
  }
}
