import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../shared/encoding/wall-clock.ts';
import { useFormDraft } from '../../parts/drafts/use-draft.ts';
import { momentWithOffset } from '../../parts/fields/date-field.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import type { Adding } from './today-screen.tsx';
import { addVisit, replanVisit, visitsOfDay } from './visit-documents.ts';

export const USUAL_MINUTES = 15;
const QUARTER = 15 * 60_000;

/** The next full quarter of an hour, as the field writes it. */
function nextQuarter(): string {
  const time = new Date(Math.ceil(Date.now() / QUARTER) * QUARTER);
  return momentWithOffset(`${localDay(time.getTime())}T${time.toTimeString().slice(0, 5)}`);
}

const minutesOf = ({ replanned }: Adding): number =>
  replanned ? (Date.parse(replanned.end) - Date.parse(replanned.start)) / 60_000 : USUAL_MINUTES;

const startOf = (adding: Adding) => ({
  patient: adding.replanned?.patient.id ?? '',
  reason: adding.replanned?.reason ?? '',
  clinician: adding.clinician ?? '',
  urgent: adding.replanned?.urgent ?? false,
  remote: adding.kind === 'TELE',
  start: adding.start ?? nextQuarter(),
  minutes: String(minutesOf(adding)),
});

/** The plan of a visit while it is filled in: a new one, or a change of one that is planned. */
export function useVisitPlan(adding: Adding, onDone: () => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const announce = useAnnounce();
  const { replanned } = adding;
  const isWalkIn = adding.kind === 'WALK_IN';
  const [start] = useState(() => startOf(adding));
  // Who books into a free half hour of the schedule means that half hour, whatever was begun before.
  const key = replanned?.id ?? [adding.kind, adding.start ?? '', adding.clinician ?? ''].join(' ');
  const draft = useFormDraft({ kind: 'VISIT', key }, start);
  const [add, adds] = useMutation(addVisit, { refetchQueries: [visitsOfDay] });
  const [change, changes] = useMutation(replanVisit, { refetchQueries: [visitsOfDay] });
  const { loading, error, reset } = replanned ? changes : adds;
  const { patient, reason, urgent, remote, clinician } = draft.form;
  const said = { urgent, reason, clinician: clinician === '' ? null : clinician };
  const when = { start: draft.form.start, minutes: Number(draft.form.minutes) };

  const done = async (words: string): Promise<void> => {
    await draft.discard().catch(() => undefined);
    announce(words);
    onDone();
  };
  const replan = async ({ id, revision }: NonNullable<Adding['replanned']>, evenSo: boolean): Promise<void> => {
    const variables = { visit: id, revision, input: { remote, ...said, ...when }, evenSo };
    // A refusal is shown below.
    const answer = await change({ variables }).catch(() => undefined);
    const moved = answer?.data?.replanVisit.visit;
    if (moved) await done(t('visits.replanned', { name: moved.patient.name, time: format.moment(Date.parse(moved.start)) }));
  };
  const book = async (evenSo: boolean): Promise<void> => {
    const kind = isWalkIn ? 'WALK_IN' : remote ? 'TELE' : 'BOOKED';
    const input = { patient, kind, ...said, ...(isWalkIn ? {} : when) } as const;
    const answer = await add({ variables: { input, evenSo } }).catch(() => undefined);
    const added = answer?.data?.addVisit.visit;
    if (!added) return;
    const { name } = added.patient;
    await done(
      isWalkIn ? t('visits.added', { name }) : t('visits.booked', { name, time: format.moment(Date.parse(added.start)) }),
    );
  };

  return {
    draft,
    loading,
    error,
    isWalkIn,
    isMovable: replanned ? replanned.movable : !isWalkIn,
    planned: minutesOf(adding),
    /** The visits that stand at the same time, named by the first try. */
    overlaps: (changes.data?.replanVisit ?? adds.data?.addVisit)?.overlaps ?? [],
    /** Changes who or when: what was said of another time or person counts no more. */
    changePlan: (changed: Partial<typeof start>): void => {
      reset();
      draft.change(changed);
    },
    /** @param evenSo although it overlaps with others */
    send: async (evenSo: boolean): Promise<void> => {
      if (patient !== '') await (replanned ? replan(replanned, evenSo) : book(evenSo));
    },
  };
}

export type VisitPlan = ReturnType<typeof useVisitPlan>;
