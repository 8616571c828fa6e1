import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Checkbox, Modal, Select, SimpleGrid, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { beginningOf } from '../../../shared/encoding/wall-clock.ts';
import type { ConsentExceptionInput, ConsentInput, Purpose, RecipientsQuery } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { type DraftState, useFormDraft } from '../../parts/drafts/use-draft.ts';
import { DateField } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useNavigation } from '../../parts/navigation.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { ExactText } from '../../parts/paper/exact-text.tsx';
import { quietly } from '../../parts/quietly.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { CardFields, NO_CARD } from '../care-card/card-fields.tsx';
import { categories, verifications } from './consent-choices.ts';
import { consentText, giveConsent, recipients } from './consent-documents.ts';
import { LeftOut } from './left-out.tsx';

const purposes: readonly Purpose[] = ['TREAT', 'ETREAT', 'HRESCH', 'HPAYMT', 'HOPERAT', 'PATRQT', 'PUBHLTH'];

interface NewConsentProps {
  readonly patient: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onGiven: () => void;
}

/** A patient's consent: choices of which none is made beforehand, then the exact text, then the passphrase. */
export function NewConsent({ patient, opened, onClose, onGiven }: NewConsentProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const [input, setInput] = useState<ConsentInput | null>(null);
  const close = (): void => {
    setInput(null);
    onClose();
  };
  return (
    <>
      <Modal
        opened={opened && input === null}
        onClose={close}
        title={titled(t('consent.new'))}
        size="lg"
        closeButtonProps={{ 'aria-label': t('actions.close') }}
      >
        <Choices patient={patient} onClose={close} onChosen={setInput} />
      </Modal>
      {input ? <Sign input={input} onClose={close} onGiven={onGiven} /> : null}
    </>
  );
}

const nothingChosen = {
  recipient: '',
  shared: [] as string[],
  leftOut: [] as ConsentExceptionInput[],
  purpose: '',
  verification: '',
  starts: '',
  ends: '',
};

const isPeriodWrong = ({ starts, ends }: typeof nothingChosen): boolean => starts !== '' && ends !== '' && ends <= starts;

interface ChoicesProps {
  readonly patient: string;
  readonly onClose: () => void;
  readonly onChosen: (input: ConsentInput) => void;
}

function Choices({ patient, onClose, onChosen }: ChoicesProps) {
  const { t, i18n } = useTranslation();
  const { go } = useNavigation();
  const { data, error, refetch } = useQuery(recipients);
  const draft = useFormDraft({ patient, kind: 'CONSENT', key: 'new' }, nothingChosen);
  const { recipient, shared, leftOut, starts, ends } = draft.form;
  const purpose = purposes.find((each) => each === draft.form.purpose);
  const verification = verifications.find((each) => each === draft.form.verification);
  const clinics = data?.clinics.filter(({ own }) => !own);
  const complete = recipient !== '' && shared.length > 0 && purpose && verification && !isPeriodWrong(draft.form);

  const choose = (): void => {
    if (recipient === '' || !purpose || !verification) return;
    onChosen({
      patient,
      recipient,
      categories: categories.filter((category) => shared.includes(category)),
      exceptions: [...leftOut],
      purpose,
      starts: starts === '' ? Date.now() : beginningOf(starts),
      ends: ends === '' ? null : beginningOf(ends),
      verification: t(`verification.${verification}`),
      language: i18n.language,
    });
  };

  if (error) return <ErrorNotice error={error} onRetry={() => quietly(refetch())} />;
  if (!clinics || !draft.ready) return <Loading rows={6} />;
  if (clinics.length === 0)
    return (
      <Stack gap="md">
        <Text size="sm">{t('consent.noRecipients')}</Text>
        <FormEnd onClose={onClose}>
          <Button onClick={() => go('sync')}>{t('screens.sync')}</Button>
        </FormEnd>
      </Stack>
    );
  return (
    <Stack gap="md">
      <DraftNotice {...draft} />
      <WhoAndWhat {...draft} clinics={clinics} />
      <LeftOut patient={patient} value={leftOut} onChange={(exceptions) => draft.change({ leftOut: [...exceptions] })} />
      <WhyAndWhen {...draft} />
      <FormEnd isKept onClose={onClose}>
        <Button onClick={choose} disabled={!complete}>
          {t('consent.readText')}
        </Button>
      </FormEnd>
    </Stack>
  );
}

type ChoicesForm = Pick<DraftState<typeof nothingChosen>, 'form' | 'change'>;

function WhoAndWhat({ form, change, clinics }: ChoicesForm & { clinics: RecipientsQuery['clinics'] }) {
  const { t } = useTranslation();
  return (
    <>
      <Select
        label={t('consent.recipient')}
        description={t('consent.recipientHint')}
        data={clinics.map(({ chain, name, kind }) => ({ value: chain, label: `${name} · ${t(`clinicKind.${kind}`)}` }))}
        value={form.recipient || null}
        onChange={(chain) => change({ recipient: chain ?? '' })}
        searchable
        data-autofocus
        required
      />
      <Checkbox.Group
        label={t('consent.categories')}
        description={t('consent.categoriesHint')}
        value={[...form.shared]}
        onChange={(shared) => change({ shared })}
        required
      >
        <SimpleGrid cols={3} mt="xs" spacing="xs">
          {categories.map((category) => (
            <Checkbox key={category} value={category} label={t(`category.${category}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
    </>
  );
}

function WhyAndWhen({ form, change }: ChoicesForm) {
  const { t } = useTranslation();
  return (
    <>
      <SimpleGrid cols={2}>
        <Select
          label={t('consent.purpose')}
          data={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={form.purpose || null}
          onChange={(purpose) => change({ purpose: purpose ?? '' })}
          required
        />
        <Select
          label={t('consent.verification')}
          data={verifications.map((value) => ({ value, label: t(`verification.${value}`) }))}
          value={form.verification || null}
          onChange={(verification) => change({ verification: verification ?? '' })}
          required
        />
        <DateField
          label={t('consent.starts')}
          description={t('consent.startsHint')}
          value={form.starts}
          onChange={(starts) => change({ starts })}
        />
        <DateField
          label={t('consent.ends')}
          description={t('consent.endsHint')}
          value={form.ends}
          onChange={(ends) => change({ ends })}
        />
      </SimpleGrid>
      {isPeriodWrong(form) ? (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('consent.periodWrong')}
        </Text>
      ) : null}
    </>
  );
}

function Sign({ input, onClose, onGiven }: { input: ConsentInput; onClose: () => void; onGiven: () => void }) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const client = useApolloClient();
  const { data, error } = useQuery(consentText, { variables: { input }, fetchPolicy: 'no-cache' });
  const text = data?.consentText;
  const [card, setCard] = useState(NO_CARD);
  const draft = useFormDraft({ patient: input.patient, kind: 'CONSENT', key: 'new' }, nothingChosen);
  if (!text) {
    return (
      <Modal
        opened
        onClose={onClose}
        title={titled(t('consent.new'))}
        size="lg"
        closeButtonProps={{ 'aria-label': t('actions.close') }}
      >
        {error ? <ErrorNotice error={error} /> : <Loading rows={6} />}
      </Modal>
    );
  }
  return (
    <PassphraseDialog
      opened
      title={t('consent.sign')}
      action={t('consent.signAction')}
      size="xl"
      onClose={onClose}
      onConfirm={async (passphrase) => {
        await client.mutate({
          mutation: giveConsent,
          variables: { input, textHash: text.hash, passphrase, card: text.needsCard ? card : null },
        });
        // It is given; a draft left behind would only be offered again.
        await draft.discard().catch(() => undefined);
        onGiven();
      }}
    >
      <Text size="sm">{t(text.needsCard ? 'consent.signWithCard' : 'consent.signExplained')}</Text>
      <ExactText label={t('consent.exactText')} text={text.text} />
      {text.needsCard ? <CardFields value={card} onChange={setCard} /> : null}
    </PassphraseDialog>
  );
}
