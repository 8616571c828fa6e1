import { useApolloClient } from '@apollo/client/react';
import { Button, Group, NumberInput, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BlockPartsFragment } from '../../generated/graphql.ts';
import { ErrorNotice } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { blockAt } from './ledger-documents.ts';

/** What came before the snapshot with which this computer began: fetched one block at a time, and only with its proof. */
export function EarlierBlocks({ from, onFound }: { from: number; onFound: (block: BlockPartsFragment) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useApolloClient();
  const [position, setPosition] = useState<number | string>('');
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<Error>();
  const wanted = typeof position === 'number' ? position : undefined;

  const ask = async (at: number): Promise<void> => {
    setAsking(true);
    setError(undefined);
    try {
      const { data } = await client.query({ query: blockAt, variables: { position: at }, fetchPolicy: 'no-cache' });
      if (data?.ledgerBlock) onFound(data.ledgerBlock);
    } catch (problem) {
      setError(problem as Error);
    } finally {
      setAsking(false);
    }
  };

  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Text size="sm">{t('ledger.earlier', { size: format.number(from) })}</Text>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== undefined) void ask(wanted);
          }}
        >
          <Group align="end">
            <NumberInput
              label={t('ledger.position')}
              value={position}
              onChange={setPosition}
              min={0}
              max={from - 1}
              allowDecimal={false}
              allowNegative={false}
              w={180}
            />
            <Button type="submit" variant="default" loading={asking} disabled={wanted === undefined || wanted >= from}>
              {t('ledger.prove')}
            </Button>
          </Group>
        </form>
        {error ? <ErrorNotice error={error} /> : null}
      </Stack>
    </Paper>
  );
}
