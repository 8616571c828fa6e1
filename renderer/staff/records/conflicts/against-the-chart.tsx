/** What the chart has against a medication that is being written, shown with the entry that each warning comes from. */
import { Alert, Stack, Text, Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Medication, type MedicationWarning, medicationWarnings } from '../../../../shared/records/medication-warnings.ts';
import type { ItemPartsFragment } from '../../../generated/graphql.ts';
import { useFormat } from '../../../parts/words/use-format.ts';
import type { ExactObject } from '../exact-json.ts';
import type { ChartFacts } from '../forms/form-definition.ts';

export const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';
export const medicationSystems = {
  [RXNORM]: 'RxNorm',
  'http://www.whocc.no/atc': 'ATC',
  'http://snomed.info/sct': 'SNOMED CT',
};

interface Justified extends Medication {
  readonly note: string;
  /** Why it is given although an allergy speaks against it. */
  readonly despite: string;
}

export const allergiesTo = (medication: Medication, facts: ChartFacts): ItemPartsFragment[] =>
  medicationWarnings(medication, facts).flatMap(({ kind, source }) => (kind === 'allergy' ? [source] : []));

/** The reason stands in the record itself, behind the names of the allergies. */
export function notesAgainst(form: Justified, facts: ChartFacts): ExactObject[] | undefined {
  const against = allergiesTo(form, facts).map(({ title }) => title);
  const despite = against.length > 0 ? [`${against.join(', ')}: ${form.despite.trim()}`] : [];
  const all = [form.note.trim(), ...despite].filter((text) => text !== '');
  return all.length === 0 ? undefined : all.map((text) => ({ text }));
}

/** The records that speak against it, by reference. */
export function sourcesAgainst(medication: Medication, facts: ChartFacts): ExactObject[] | undefined {
  const sources = medicationWarnings(medication, facts).map(({ source: { resourceType, id, title } }) => ({
    reference: `${resourceType}/${id}`,
    display: title,
  }));
  return sources.length === 0 ? undefined : sources;
}

interface AgainstTheChartProps {
  readonly form: Justified;
  readonly facts: ChartFacts;
  readonly amending: boolean;
  readonly change: (change: { readonly despite: string }) => void;
}

/** The warnings, and the field for the reason where an allergy is among them. */
export function AgainstTheChart({ form, facts, amending, change }: AgainstTheChartProps) {
  const { t } = useTranslation();
  const warnings = medicationWarnings(form, facts);
  return (
    <>
      <Text size="xs" c="dimmed">
        {t('write.medication.compared')}
      </Text>
      <div aria-live="polite">
        <Warnings warnings={warnings} />
      </div>
      {!amending && warnings.some(({ kind }) => kind === 'allergy') ? (
        <Textarea
          label={t('write.medication.despite')}
          description={t('write.medication.despiteHint')}
          value={form.despite}
          onChange={(event) => change({ despite: event.currentTarget.value })}
          autosize
          required
        />
      ) : null}
    </>
  );
}

/** Each names the entry it comes from. */
function Warnings({ warnings }: { warnings: ReadonlyArray<MedicationWarning<ItemPartsFragment>> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Stack gap="xs">
      {warnings.map(({ kind, source }) => (
        <Alert
          key={source.id}
          color={kind === 'allergy' ? 'red' : 'orange'}
          icon={<IconAlertTriangle aria-hidden />}
          title={t(`write.medication.${kind}`, { title: source.title })}
        >
          {t('write.medication.source', {
            author: source.author,
            date: format.recorded(source.date) || format.day(source.recordedAt),
          })}
        </Alert>
      ))}
    </Stack>
  );
}
