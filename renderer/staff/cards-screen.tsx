import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../shared/access/permissions.ts';
import { PatientPicker } from '../parts/fields/patient-picker.tsx';
import { useNavigation } from '../parts/navigation.tsx';
import { Page } from '../parts/page.tsx';
import { Empty } from '../parts/states.tsx';
import { cardDesk } from './care-card/card-documents.ts';
import { CardEmergency } from './care-card/card-emergency.tsx';
import { CareCardPanel } from './care-card/card-panel.tsx';
import { CardVisit } from './care-card/card-visit.tsx';
import { CardNews } from './consent/consent.tsx';

/** For the reception: care cards without a chart, and patients of other clinics who are here with theirs. */
export function CardsScreen() {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const role = useQuery(cardDesk).data?.workstation.signedIn?.role ?? '';
  const [chosen, setChosen] = useState<string | null>(null);
  const [visiting, setVisiting] = useState(false);
  const [helping, setHelping] = useState(false);
  return (
    <Page
      title={t('screens.cards')}
      note={t('careCard.note')}
      actions={
        <>
          {mayDo(role, 'glass.break') ? (
            <Button variant="default" color="red" onClick={() => setHelping(true)}>
              {t('cardEmergency.open')}
            </Button>
          ) : null}
          <Button variant="default" onClick={() => setVisiting(true)}>
            {t('cardVisit.open')}
          </Button>
        </>
      }
    >
      <Suspense>
        <CardNews />
      </Suspense>
      <PatientPicker label={t('access.patient')} value={chosen} onChange={setChosen} />
      {chosen ? (
        <CareCardPanel key={chosen} patient={chosen} />
      ) : (
        <Empty icon={<IconId aria-hidden />} title={t('careCard.choose')} text={t('careCard.chooseHint')} />
      )}
      {helping ? <CardEmergency onClose={() => setHelping(false)} /> : null}
      {visiting ? <CardVisit onClose={() => setVisiting(false)} onShared={(patient) => go('chart', patient)} /> : null}
    </Page>
  );
}
