import { useMutation, useQuery } from '@apollo/client/react';
import { Badge, Button, Text } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PURPOSES } from '../../../shared/consent/purpose.ts';
import type { FhirTokensQuery } from '../../generated/graphql.ts';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { useAnnounce } from '../../parts/focus/use-announce.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { RowTable } from '../../parts/row-table.tsx';
import { Empty, ErrorNotice, Loading } from '../../parts/states.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { FacadeSwitch } from './facade-switch.tsx';
import { MakeToken } from './make-token.tsx';
import { fhirTokens, revokeFhirToken } from './program-documents.ts';

type Token = FhirTokensQuery['fhirTokens'][number];

/** Programs that may ask this desk in FHIR, each on somebody's word. */
export function ProgramsScreen() {
  const { t } = useTranslation();
  const format = useFormat();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Token | null>(null);
  const { data, error, refetch } = useQuery(fhirTokens, { fetchPolicy: 'cache-and-network' });
  return (
    <Page
      title={t('screens.programs')}
      note={t('programs.note')}
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('programs.make')}
        </Button>
      }
    >
      <FacadeSwitch />
      {error ? <ErrorNotice error={error} onRetry={() => quietly(refetch())} /> : null}
      {!data && !error ? <Loading rows={3} /> : null}
      {data?.fhirTokens.length === 0 ? (
        <Empty icon={<IconPlugConnected aria-hidden />} title={t('programs.none')} text={t('programs.noneHint')} />
      ) : null}
      {data && data.fhirTokens.length > 0 ? (
        <RowTable
          label={t('screens.programs')}
          rows={data.fhirTokens}
          rowKey={({ id }) => id}
          columns={[
            { key: 'name', label: t('programs.name'), cell: ({ name }) => <Text fw={600}>{name}</Text> },
            { key: 'by', label: t('programs.by'), cell: ({ staffName }) => staffName },
            {
              key: 'scopes',
              label: t('programs.scopes'),
              cell: ({ scopes }) => (
                <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
                  {scopes}
                </Text>
              ),
            },
            { key: 'purpose', label: t('programs.purpose'), cell: ({ purpose }) => purposeWord(t, purpose) },
            {
              key: 'reach',
              label: t('programs.reach'),
              cell: ({ network }) => t(network ? 'programs.reachNetwork' : 'programs.reachComputer'),
            },
            {
              key: 'until',
              label: t('programs.until'),
              cell: (token) => <Standing token={token} until={format.moment(token.expiresAt)} />,
            },
            {
              key: 'end',
              label: '',
              width: 120,
              cell: (token) =>
                token.revokedAt === null ? (
                  <Button size="compact-sm" variant="default" onClick={() => setEnding(token)}>
                    {t('programs.revoke')}
                  </Button>
                ) : null,
            },
          ]}
        />
      ) : null}
      {making ? <MakeToken onClose={() => setMaking(false)} onMade={() => quietly(refetch())} /> : null}
      {ending ? <Revoke token={ending} onClose={() => setEnding(null)} onRevoked={() => quietly(refetch())} /> : null}
    </Page>
  );
}

function purposeWord(t: TFunction, purpose: string): string {
  const known = PURPOSES.find((code) => code === purpose);
  return known ? t(`purpose.${known}`) : purpose;
}

function Standing({ token, until }: { token: Token; until: string }) {
  const { t } = useTranslation();
  if (token.revokedAt !== null) return <Badge color="gray">{t('programs.revoked')}</Badge>;
  if (token.expiresAt <= Date.now()) return <Badge color="gray">{t('programs.over')}</Badge>;
  return <Text size="sm">{until}</Text>;
}

function Revoke({ token, onClose, onRevoked }: { token: Token; onClose: () => void; onRevoked: () => void }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const [revoke] = useMutation(revokeFhirToken);
  return (
    <ConfirmDialog
      title={t('programs.revokeTitle', { name: token.name })}
      action={t('programs.revoke')}
      onClose={onClose}
      onConfirm={async () => {
        await revoke({ variables: { id: token.id } });
        announce(t('programs.wasRevoked', { name: token.name }));
        onRevoked();
      }}
    >
      <Text size="sm">{t('programs.revokeExplained')}</Text>
    </ConfirmDialog>
  );
}
