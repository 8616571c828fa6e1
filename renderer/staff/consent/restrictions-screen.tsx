import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PatientPicker } from '../../parts/fields/patient-picker.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { RestrictionList } from './restriction-list.tsx';
import { WhoCouldOpen } from './who-could-open.tsx';

/** For the privacy officer: who could open one patient's records, and what the patient wants kept from whom. */
export function RestrictionsScreen() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Page title={t('screens.restrictions')} note={t('restriction.note')}>
      <PatientPicker label={t('access.patient')} value={chosen} onChange={setChosen} />
      {chosen ? (
        <>
          <RestrictionList key={chosen} patient={chosen} />
          <WhoCouldOpen patient={chosen} />
        </>
      ) : (
        <Empty icon={<IconEyeOff aria-hidden />} title={t('restriction.choose')} text={t('restriction.chooseHint')} />
      )}
    </Page>
  );
}
