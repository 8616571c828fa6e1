import { IconChecklist, IconPlus } from '@tabler/icons-react';
import type { WriteKind } from './writing.ts';

/** What adds something has a plus; what goes through what is there has a list. */
export function WriteIcon({ kind, size }: { kind: WriteKind; size: number }) {
  return kind === 'RECONCILIATION' ? <IconChecklist size={size} aria-hidden /> : <IconPlus size={size} aria-hidden />;
}
