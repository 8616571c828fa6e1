import { useMutation } from '@apollo/client/react';
import { Alert, Button, Code, Group, List, Paper, Radio, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemonstrateTamperingMutation, Tampering } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { demonstrateTampering } from './training-documents.ts';

const WAYS: readonly Tampering[] = ['BIT', 'REWRITE', 'REMOVE', 'RECORD', 'NOTHING'];
const PROMISES = ['altered', 'order', 'who', 'shown'] as const;
const NO_PROMISES = ['true', 'read', 'newest', 'lost'] as const;
const SHOWN_FAULTS = 4;

/** Alters a copy, runs the real verifier on it, and says what the ledger promises and what it does not. */
export function TamperingDemo() {
  const { t } = useTranslation();
  const [way, setWay] = useState<Tampering>('BIT');
  const [run, { data, error, loading, reset }] = useMutation(demonstrateTampering);
  return (
    <Paper withBorder p="md" component="section" aria-label={t('tampering.title')}>
      <Stack gap="sm">
        <Title order={2}>{t('tampering.title')}</Title>
        <Text size="sm">{t('tampering.explained')}</Text>
        <Radio.Group
          label={t('tampering.how')}
          value={way}
          onChange={(value) => {
            // What was found of another copy says nothing of this one.
            reset();
            setWay(value as Tampering);
          }}
        >
          <Stack gap={6} mt="xs">
            {WAYS.map((each) => (
              <Radio key={each} value={each} label={t(`tampering.way.${each}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Group>
          {/* A refusal is shown below. */}
          <Button loading={loading} onClick={() => void run({ variables: { how: way } }).catch(() => undefined)}>
            {t('tampering.run')}
          </Button>
        </Group>
        {error ? <ErrorNotice error={error} /> : null}
        {data ? <Found report={data.demonstrateTampering} /> : null}
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Said title={t('tampering.promised')} lines={PROMISES.map((each) => t(`tampering.promise.${each}`))} />
          <Said title={t('tampering.notPromised')} lines={NO_PROMISES.map((each) => t(`tampering.noPromise.${each}`))} />
        </SimpleGrid>
      </Stack>
    </Paper>
  );
}

function Found({ report }: { report: DemonstrateTamperingMutation['demonstrateTampering'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { acts, documents, milliseconds, faults } = report;
  const isFound = faults.length > 0;
  return (
    <Alert
      role="status"
      color={isFound ? 'red' : 'lagoon'}
      icon={isFound ? <IconShieldX aria-hidden /> : <IconShieldCheck aria-hidden />}
      title={t(isFound ? 'tampering.found' : 'tampering.clean')}
    >
      <Text size="sm">
        {t('tampering.looked', {
          acts: format.number(acts),
          documents: format.number(documents),
          milliseconds: format.number(milliseconds),
        })}
      </Text>
      {faults.slice(0, SHOWN_FAULTS).map((fault) => (
        <Code key={fault} block mt={6}>
          {fault}
        </Code>
      ))}
    </Alert>
  );
}

function Said({ title, lines }: { title: string; lines: readonly string[] }) {
  return (
    <div>
      <Title order={3} size="h5" mb={4}>
        {title}
      </Title>
      <List size="sm" spacing={4}>
        {lines.map((line) => (
          <List.Item key={line}>{line}</List.Item>
        ))}
      </List>
    </div>
  );
}
