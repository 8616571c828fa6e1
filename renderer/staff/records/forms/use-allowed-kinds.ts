import { useQuery } from '@apollo/client/react';
import { mayDo } from '../../../../shared/access/permissions.ts';
import { writerNow } from '../chart-documents.ts';
import type { WriteKind } from './writing.ts';

/**
 * Which kinds of records the role of who is signed in writes: what it does not is not offered. The services refuse it as well.
 * @param isShared another clinic keeps the chart
 */
export function useAllowedKinds(isShared: boolean): (kind: WriteKind) => boolean {
  const role = useQuery(writerNow, { fetchPolicy: 'cache-first' }).data?.workstation.signedIn?.role ?? '';
  return (kind) => {
    if (kind === 'DISPENSE') return mayDo(role, 'chart.write') && !isShared;
    if (kind === 'RECONCILIATION') return mayDo(role, 'note.sign') && !isShared;
    return kind !== 'PRESCRIPTION' || mayDo(role, 'prescribe');
  };
}
