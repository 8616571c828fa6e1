import { useApolloClient } from '@apollo/client/react';
import { Alert, Button, Checkbox, Modal, MultiSelect, Select, SimpleGrid, Stack } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LABELS } from '../../../shared/consent/security-label.ts';
import { ROLES } from '../../../shared/ledger/rows.ts';
import type { RestrictionInput } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useChartTitle } from '../../parts/paper/chart-title.ts';
import { categories, verifications } from './consent-choices.ts';
import { restrict } from './consent-documents.ts';

/** Who somebody is stays open to all who work with them. */
const keepable = categories.filter((category) => category !== 'IDENTITY');

interface NewRestrictionProps {
  readonly patient: string;
  readonly people: ReadonlyArray<{ readonly id: string; readonly name: string; readonly revoked: boolean }>;
  readonly onClose: () => void;
  readonly onRecorded: () => void;
}

/** Keeps parts of a record from people of this clinic: nothing is chosen beforehand, then what it means, then the passphrase. */
export function NewRestriction({ patient, people, onClose, onRecorded }: NewRestrictionProps) {
  const { t } = useTranslation();
  const titled = useChartTitle();
  const client = useApolloClient();
  const [input, setInput] = useState<RestrictionInput | null>(null);
  if (input)
    return (
      <PassphraseDialog
        opened
        title={t('restriction.sign')}
        action={t('restriction.signAction')}
        onClose={onClose}
        onConfirm={async (passphrase) => {
          await client.mutate({ mutation: restrict, variables: { input, passphrase } });
          onRecorded();
        }}
      >
        <Alert icon={<IconInfoCircle aria-hidden />} title={t('restriction.means')}>
          {t('restriction.meansText')}
        </Alert>
      </PassphraseDialog>
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={titled(t('restriction.new'))}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Choices patient={patient} people={people} onClose={onClose} onChosen={setInput} />
    </Modal>
  );
}

interface ChoicesProps extends Pick<NewRestrictionProps, 'patient' | 'people' | 'onClose'> {
  readonly onChosen: (input: RestrictionInput) => void;
}

function Choices({ patient, people, onClose, onChosen }: ChoicesProps) {
  const { t } = useTranslation();
  const [persons, setPersons] = useState<string[]>([]);
  const [roles, setRoles] = useState<string[]>([]);
  const [kept, setKept] = useState<string[]>([]);
  const [labels, setLabels] = useState<string[]>([]);
  const [verification, setVerification] = useState<(typeof verifications)[number] | null>(null);
  const complete = persons.length + roles.length > 0 && kept.length + labels.length > 0 && verification;
  const choose = (): void => {
    if (!verification) return;
    onChosen({
      patient,
      people: persons,
      roles,
      categories: keepable.filter((category) => kept.includes(category)),
      labels,
      verification: t(`verification.${verification}`),
    });
  };
  return (
    <Stack gap="md">
      <SimpleGrid cols={2}>
        <MultiSelect
          label={t('restriction.people')}
          data={people.filter(({ revoked }) => !revoked).map(({ id, name }) => ({ value: id, label: name }))}
          value={persons}
          onChange={setPersons}
          searchable
          openOnFocus={false}
          data-autofocus
        />
        <MultiSelect
          label={t('restriction.roles')}
          data={ROLES.map((role) => ({ value: role, label: t(`restriction.all.${role}`) }))}
          value={roles}
          onChange={setRoles}
        />
      </SimpleGrid>
      <Checkbox.Group
        label={t('restriction.categories')}
        description={t('restriction.categoriesHint')}
        value={kept}
        onChange={setKept}
      >
        <SimpleGrid cols={3} mt="xs" spacing="xs">
          {keepable.map((category) => (
            <Checkbox key={category} value={category} label={t(`category.${category}`)} />
          ))}
        </SimpleGrid>
      </Checkbox.Group>
      <SimpleGrid cols={2}>
        <MultiSelect
          label={t('restriction.labels')}
          data={LABELS.map((label) => ({ value: label, label: `${t(`label.${label}`)} (${label})` }))}
          value={labels}
          onChange={setLabels}
          searchable
        />
        <Select
          label={t('consent.verification')}
          data={verifications.map((value) => ({ value, label: t(`verification.${value}`) }))}
          value={verification}
          onChange={(value) => setVerification(value)}
          required
        />
      </SimpleGrid>
      <FormEnd onClose={onClose}>
        <Button onClick={choose} disabled={!complete}>
          {t('restriction.next')}
        </Button>
      </FormEnd>
    </Stack>
  );
}
