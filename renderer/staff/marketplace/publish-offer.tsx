import { useApolloClient } from '@apollo/client/react';
import {
  Button,
  Checkbox,
  Group,
  Modal,
  MultiSelect,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decimalsOf } from '../../../shared/encoding/exact-money.ts';
import { beginningOf } from '../../../shared/encoding/wall-clock.ts';
import type { Category, OfferInput } from '../../generated/graphql.ts';
import { DraftNotice } from '../../parts/drafts/draft-notice.tsx';
import { useFormDraft } from '../../parts/drafts/use-draft.ts';
import { DateField } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { Loading } from '../../parts/states.tsx';
import { OfferCard } from './offer-card.tsx';
import { publishOffer } from './offer-documents.ts';
import { purposeCodes, purposeKey } from './purpose-codes.ts';

const categories: readonly Category[] = ['CLINICAL', 'MEDICATION', 'GENOMIC', 'DEVICE', 'TELEMEDICINE', 'SENSITIVE'];
/** Below this an answer could point at one patient; the ledger's rules refuse it too. */
const SMALLEST_GROUP = 5;

const empty = {
  title: '',
  description: '',
  purposes: [] as string[],
  categories: [] as string[],
  criteria: '',
  reward: '',
  opens: '',
  expires: '',
  group: '20',
  most: '',
  currency: 'EUR',
};

const OFFER_DRAFT = { kind: 'OFFER', key: 'new' };

interface PublishOfferProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onPublished: () => void;
}

const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'PLN', 'UAH', 'SEK', 'NOK', 'DKK', 'CZK', 'JPY'];

/** An offer's terms, then what the region will see, then the passphrase. */
export function PublishOffer({ opened, onClose, onPublished }: PublishOfferProps) {
  const { t } = useTranslation();
  const client = useApolloClient();
  const [input, setInput] = useState<OfferInput | null>(null);
  const { discard } = useFormDraft(OFFER_DRAFT, empty);
  const close = (): void => {
    setInput(null);
    onClose();
  };
  if (input) {
    return (
      <PassphraseDialog
        opened
        title={t('offers.sign')}
        action={t('offers.publishAction')}
        size="xl"
        onClose={close}
        onConfirm={async (passphrase) => {
          await client.mutate({ mutation: publishOffer, variables: { input, passphrase } });
          // It is published; a draft left behind would only be offered again.
          await discard().catch(() => undefined);
          onPublished();
        }}
      >
        <OfferCard
          offer={{
            ...input,
            id: '',
            publisher: '',
            publisherName: t('offers.here'),
            own: false,
            state: 'FUTURE',
            participants: null,
            promised: input.promised ?? null,
            progress: 'SAVED',
          }}
        />
      </PassphraseDialog>
    );
  }
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t('offers.publish')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Terms onClose={close} onDone={setInput} />
    </Modal>
  );
}

type Form = typeof empty;

const isComplete = ({ title, purposes, categories, opens, expires, group }: Form): boolean =>
  title.trim() !== '' &&
  purposes.length > 0 &&
  categories.length > 0 &&
  expires !== '' &&
  (opens === '' || opens < expires) &&
  Number(group) >= SMALLEST_GROUP;

function offerOf({ group, most, currency, ...said }: Form): OfferInput {
  return {
    ...said,
    categories: categories.filter((category) => said.categories.includes(category)),
    minimumGroup: Number(group),
    promised: Number(most) > 0 ? { currency, amount: Math.round(Number(most) * 10 ** decimalsOf(currency)) } : null,
    opens: said.opens === '' ? Date.now() : beginningOf(said.opens),
    expires: beginningOf(said.expires),
  };
}

function Terms({ onClose, onDone }: { onClose: () => void; onDone: (input: OfferInput) => void }) {
  const { t } = useTranslation();
  const draft = useFormDraft(OFFER_DRAFT, empty);
  const { form, change: set } = draft;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onDone(offerOf(form));
  };

  if (!draft.ready) return <Loading rows={6} />;
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <DraftNotice {...draft} />
        <WhatItIsFor form={form} set={set} />
        <WhatIsAsked form={form} set={set} />
        <Reward form={form} set={set} />
        <SimpleGrid cols={2}>
          <NumberInput
            label={t('offers.minimumGroup')}
            description={t('offers.minimumGroupHint', { minimum: SMALLEST_GROUP })}
            value={form.group}
            onChange={(people) => set({ group: String(people) })}
            min={SMALLEST_GROUP}
            allowDecimal={false}
            required
          />
          <DateField
            label={t('offers.opens')}
            description={t('consent.startsHint')}
            value={form.opens}
            onChange={(opens) => set({ opens })}
          />
          <DateField label={t('offers.expires')} value={form.expires} onChange={(expires) => set({ expires })} required />
        </SimpleGrid>
        <FormEnd isKept onClose={onClose}>
          <Button type="submit" disabled={!isComplete(form)}>
            {t('offers.preview')}
          </Button>
        </FormEnd>
      </Stack>
    </form>
  );
}

interface PartProps {
  readonly form: Form;
  readonly set: (change: Partial<Form>) => void;
}

function WhatItIsFor({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('offers.title')}
        value={form.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        maxLength={200}
        required
        data-autofocus
      />
      <Textarea
        label={t('offers.description')}
        description={t('offers.public')}
        value={form.description}
        onChange={(event) => set({ description: event.currentTarget.value })}
        maxLength={2000}
        autosize
        minRows={2}
      />
      <MultiSelect
        label={t('offers.purposes')}
        data={purposeCodes.map((code) => ({ value: code, label: `${t(purposeKey(code))} (${code})` }))}
        value={form.purposes}
        onChange={(purposes) => set({ purposes })}
        required
      />
    </>
  );
}

function WhatIsAsked({ form, set }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox.Group
        label={t('offers.categories')}
        value={form.categories}
        onChange={(chosen) => set({ categories: chosen })}
        required
      >
        <Group mt="xs">
          {categories.map((category) => (
            <Checkbox key={category} value={category} label={t(`category.${category}`)} />
          ))}
        </Group>
      </Checkbox.Group>
      <Textarea
        label={t('offers.criteria')}
        value={form.criteria}
        onChange={(event) => set({ criteria: event.currentTarget.value })}
        maxLength={1000}
        autosize
      />
    </>
  );
}

/** In words, and as the most that one participant can earn. */
function Reward({ form, set }: PartProps) {
  const { t } = useTranslation();
  const { most, currency } = form;
  return (
    <>
      <TextInput
        label={t('offers.reward')}
        value={form.reward}
        onChange={(event) => set({ reward: event.currentTarget.value })}
        maxLength={200}
      />
      <Group align="flex-end" wrap="nowrap" gap="xs">
        <NumberInput
          label={t('offers.promised')}
          description={t('offers.promisedHint')}
          value={most}
          onChange={(amount) => set({ most: String(amount) })}
          min={0}
          decimalScale={decimalsOf(currency)}
          style={{ flex: 1 }}
        />
        <Select
          aria-label={t('offers.currency')}
          data={CURRENCIES}
          value={currency}
          onChange={(chosen) => set({ currency: chosen ?? currency })}
          allowDeselect={false}
          w={90}
        />
      </Group>
    </>
  );
}
