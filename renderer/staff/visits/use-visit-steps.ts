import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import type { VisitPartsFragment, VisitStep } from '../../generated/graphql.ts';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { useNavigation } from '../../parts/navigation.tsx';
import { useCovered } from '../cover/cover.tsx';
import { moveVisit, undoVisitStep, visitsOfDay } from './visit-documents.ts';
import { coveredIn } from './visit-order.ts';

interface VisitSteps {
  /** Beginning the encounter opens the chart. Gives whether the step was taken; a refusal is in `error`. */
  readonly move: (visit: VisitPartsFragment, step: VisitStep, room?: string) => Promise<boolean>;
  readonly undo: (visit: VisitPartsFragment) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: unknown;
}

/** The steps of visits, each for the state that the screen shows. */
export function useVisitSteps(): VisitSteps {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const covered = useCovered();
  const announce = useAnnounce();
  // After a refusal as well: somebody else may have moved the visit.
  const options = { refetchQueries: [visitsOfDay] };
  const [move, moving] = useMutation(moveVisit, options);
  const [undo, undoing] = useMutation(undoVisitStep, options);
  const told = (now: VisitPartsFragment | undefined): boolean => {
    if (!now) return false;
    announce(t('visits.now', { name: now.patient.name, stage: t(`visits.stage.${now.stage}`) }));
    return true;
  };
  return {
    move: async (visit, step, room) => {
      const variables = { visit: visit.id, revision: visit.revision, step, room: room ?? null };
      undoing.reset();
      const done = await move({ variables }).catch(() => undefined);
      const isDone = told(done?.data?.moveVisit);
      if (isDone && step === 'START') go('chart', visit.patient.id, coveredIn(visit, covered));
      return isDone;
    },
    undo: async (visit) => {
      moving.reset();
      const done = await undo({ variables: { visit: visit.id, revision: visit.revision } }).catch(() => undefined);
      return told(done?.data?.undoVisitStep);
    },
    busy: moving.loading || undoing.loading,
    error: moving.error ?? undoing.error,
  };
}
