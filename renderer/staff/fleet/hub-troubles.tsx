import { Alert, List, Stack, Text } from '@mantine/core';
import { IconDatabaseExclamation } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../parts/words/use-format.ts';

interface Trouble {
  readonly store: 'DATABASE' | 'DOCUMENTS' | 'LEDGER' | 'PROCESS';
  readonly code: string;
  /** Which process of the hub; unknown, as `since` is, where the hub could say no more than that it fails. */
  readonly process: string | undefined;
  readonly since: number | undefined;
}

/** What is known of the cause, and so of what to do; of everything else there are general words. */
const CAUSES = {
  DATABASE: {
    'storage.disk-full': 'full',
    'storage.unreachable': 'away',
    'storage.refused': 'refused',
    'storage.read-only': 'refused',
    'storage.io-error': 'disk',
    'storage.corrupt': 'disk',
  },
  DOCUMENTS: {
    'relay.store-away': 'away',
    'relay.store-slow': 'away',
    'relay.store-refused': 'refused',
    'relay.store-damaged': 'damaged',
    'relay.store-lacks': 'damaged',
  },
  LEDGER: { 'hub.recovering': 'recovering' },
  PROCESS: { 'hub.process-missing': 'missing' },
} as const satisfies Record<Trouble['store'], Readonly<Record<string, string>>>;

/** Stores and processes of the hub that fail just now: what that means for the clinics, what to do, and at which process since when. */
export function HubTroubles({ troubles }: { troubles: readonly Trouble[] }) {
  const alike = Map.groupBy(troubles, ({ store, code }) => `${store} ${code}`);
  return [...alike].map(([key, same]) => <HubTrouble key={key} same={same} />);
}

/** What fails in one way, at one process or several. */
function HubTrouble({ same }: { same: readonly Trouble[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [first] = same;
  if (!first) return null;
  const { store, code } = first;
  return (
    <Alert role="alert" color="red" icon={<IconDatabaseExclamation aria-hidden />} title={t(`fleet.trouble.${store}.title`)}>
      <Stack gap="sm">
        <Text size="sm">{t(`fleet.trouble.${store}.means`)}</Text>
        <List size="sm" type="ordered">
          {t(stepsOf(store, code))
            .split('\n')
            .map((step) => (
              <List.Item key={step}>{step}</List.Item>
            ))}
        </List>
        {same.map(({ process = '', since }) => (
          <Text key={process} size="xs" c="dimmed">
            {since === undefined
              ? t('fleet.trouble.code', { code })
              : t(store === 'PROCESS' ? 'fleet.trouble.heard' : 'fleet.trouble.since', {
                  code,
                  process,
                  moment: format.moment(since),
                })}
          </Text>
        ))}
      </Stack>
    </Alert>
  );
}

function stepsOf(store: Trouble['store'], code: string) {
  if (store === 'DATABASE') return `fleet.trouble.DATABASE.${known(CAUSES.DATABASE, code) ?? 'other'}` as const;
  if (store === 'DOCUMENTS') return `fleet.trouble.DOCUMENTS.${known(CAUSES.DOCUMENTS, code) ?? 'other'}` as const;
  if (store === 'PROCESS') return `fleet.trouble.PROCESS.${known(CAUSES.PROCESS, code) ?? 'other'}` as const;
  return `fleet.trouble.LEDGER.${known(CAUSES.LEDGER, code) ?? 'other'}` as const;
}

const known = <Cause extends string>(causes: Readonly<Record<string, Cause>>, code: string): Cause | undefined =>
  Object.hasOwn(causes, code) ? causes[code] : undefined;
