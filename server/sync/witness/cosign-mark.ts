/**
 * Whether a witness still knows what it has cosigned. A data folder that was put back or copied has forgotten what was cosigned after
 * that moment, and its key would sign a fork of it. So the newest cosignature is kept outside of the folder as well, before it is
 * given. A witness that finds no mark there waits until the others have cosigned what it is shown.
 */
import { equalBytes } from '../../../shared/encoding/bytes.ts';

/** A tree that a device has cosigned, or was about to. */
export interface CosignedTree {
  readonly size: number;
  readonly root: Uint8Array;
}

/** The newest cosigned tree of one data folder and cosigning key, kept outside of the folder. */
export interface CosignMark {
  /** Undefined where this machine knows nothing of the folder. */
  last(): Promise<CosignedTree | undefined>;
  /** Durable when it resolves, where there is a place for it. */
  advance(tree: CosignedTree): Promise<void>;
}

type Memory =
  /** It knows all that it has cosigned: `newest`, if anything. */
  | { readonly knows: true; readonly newest: CosignedTree | undefined }
  /** It may have cosigned more than the folder says. */
  | { readonly knows: false };

/**
 * @param folder what the folder says
 * @param isPutBack whether the folder was restored or copied since the device began
 */
export function memoryOf(folder: CosignedTree | undefined, mark: CosignedTree | undefined, isPutBack: boolean): Memory {
  if (!mark) return folder || isPutBack ? { knows: false } : { knows: true, newest: undefined };
  // The mark is written first: one behind the folder is of another time.
  if (folder && (mark.size < folder.size || (mark.size === folder.size && !equalBytes(mark.root, folder.root))))
    return { knows: false };
  return { knows: true, newest: mark };
}

/** How many others have to have cosigned before a witness that has forgotten does: the quorum, or all of them where that is fewer. */
export const othersNeeded = (witnesses: number, quorum: number): number => Math.min(quorum, witnesses - 1);
