import { useApolloClient } from '@apollo/client/react';
import { Alert, Button, Group, NumberInput, Select, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RetentionPartsFragment } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { setRetention } from './erasure-documents.ts';

/** Which retention rule binds this clinic. Nothing is erased before somebody has said so. */
export function RetentionCard({ retention, onChanged }: { retention: RetentionPartsFragment; onChanged: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [changing, setChanging] = useState(false);
  const [jurisdiction, setJurisdiction] = useState<string | null>(retention.jurisdiction);
  const [years, setYears] = useState<number>(retention.years);
  const nameOf = (name: string): string => {
    const rule = retention.rules.find((each) => each.jurisdiction === name);
    return rule && rule.years > 0 ? t('erasure.rule', { name, years: rule.years, basis: rule.basis }) : t('erasure.noRule');
  };
  return (
    <Alert color={retention.jurisdiction ? 'lagoon' : 'orange'} icon={<IconScale aria-hidden />} title={t('erasure.retention')}>
      <Group justify="space-between">
        <Text size="sm">
          {retention.jurisdiction && retention.setAt !== null
            ? t('erasure.retentionSet', {
                rule: nameOf(retention.jurisdiction),
                by: retention.setBy,
                at: format.moment(retention.setAt),
              })
            : t('erasure.retentionUnset')}
        </Text>
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('erasure.retentionChoose')}
        </Button>
      </Group>
      <PassphraseDialog
        opened={changing}
        title={t('erasure.retention')}
        action={t('erasure.retentionChoose')}
        onClose={() => setChanging(false)}
        onConfirm={async (passphrase) => {
          await client.mutate({
            mutation: setRetention,
            variables: { jurisdiction: jurisdiction ?? '', years, passphrase },
          });
          onChanged();
        }}
      >
        <Select
          data-autofocus
          label={t('erasure.retentionRule')}
          data={retention.rules.map((rule) => ({ value: rule.jurisdiction, label: nameOf(rule.jurisdiction) }))}
          value={jurisdiction}
          onChange={setJurisdiction}
          allowDeselect={false}
        />
        <NumberInput
          label={t('erasure.retentionYears')}
          description={t('erasure.retentionYearsHint')}
          min={0}
          max={100}
          value={years}
          onChange={(value) => setYears(Number(value) || 0)}
        />
      </PassphraseDialog>
    </Alert>
  );
}
