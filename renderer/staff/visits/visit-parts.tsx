import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { VisitStage } from '../../generated/graphql.ts';

const colors: Readonly<Record<VisitStage, string>> = {
  BOOKED: 'gray',
  ARRIVED: 'orange',
  WAITING: 'orange',
  CALLED: 'lagoon',
  TRIAGED: 'lagoon',
  UNDER_WAY: 'green',
  FINISHED: 'gray',
  NO_SHOW: 'gray',
  CANCELLED: 'gray',
};

/** Where a visit stands, in a word. */
export function StageBadge({ stage }: { stage: VisitStage }) {
  const { t } = useTranslation();
  return (
    <Badge color={colors[stage]} style={{ flexShrink: 0 }}>
      {t(`visits.stage.${stage}`)}
    </Badge>
  );
}
