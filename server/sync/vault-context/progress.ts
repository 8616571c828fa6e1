/** How far an act has got, in the words of the screens: saved here · accepted by the hub · witnessed. */
import { fromHex, fromUtf8 } from '../../../shared/encoding/bytes.ts';
import type { Queryable } from '../../storage/database.ts';
import { type DocumentProgress, progressOf, readSetting } from '../clinic.store.ts';

export type Progress = 'SAVED' | 'ACCEPTED' | 'WITNESSED';

/** Progress of the acts about these documents (names in hexadecimal). Other clinics' came through the hub. */
export async function documentProgress(reader: Queryable, documents: readonly string[]): Promise<Map<string, Progress>> {
  const [found, witnessed] = await Promise.all([progressOf(reader, documents.map(fromHex)), witnessedSize(reader)]);
  return new Map(documents.map((name) => [name, progressWord(found.get(name), witnessed)]));
}

function progressWord(progress: DocumentProgress | undefined, witnessed: number): Progress {
  if (!progress?.accepted) return 'SAVED';
  return progress.position !== null && progress.position < witnessed ? 'WITNESSED' : 'ACCEPTED';
}

/** How many blocks the newest witnessed checkpoint covers; the sync engine writes `<size> <time>`. */
async function witnessedSize(reader: Queryable): Promise<number> {
  const setting = await readSetting(reader, 'witnessed');
  return setting === undefined ? 0 : Number(fromUtf8(setting).split(' ')[0]);
}
