import { useMutation } from '@apollo/client/react';
import { Alert, Button, Code, CopyButton, Group, Modal, NumberInput, Stack, Table, Text } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InviteClinicMutation } from '../../generated/graphql.ts';
import { PassphraseDialog } from '../../parts/fields/passphrase-dialog.tsx';
import { QrCode } from '../../parts/paper/qr-code.tsx';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId, valueWord } from '../ledger/act-words.ts';
import { BeforeAfter, type CeremonyProps } from './ceremony-parts.tsx';
import { inviteClinic } from './fleet-documents.ts';
import type { Fleet } from './fleet-screen.tsx';
import { HubActDialog } from './hub-act.tsx';

const HOUR_MS = 3_600_000;
const USUAL_HOURS = 72;
const MOST_HOURS = 335;

/** An invitation for one more clinic: its secret is made on this desk and shown once. */
export function InviteClinic({ fleet, onActed, guide }: CeremonyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [hours, setHours] = useState<number>(USUAL_HOURS);
  const [signing, setSigning] = useState(false);
  const [made, setMade] = useState<InviteClinicMutation['inviteClinic'] | null>(null);
  const [invite] = useMutation(inviteClinic);
  const until = Date.now() + hours * HOUR_MS;
  const preview = <BeforeAfter before={[t('fleet.value.noInvitation')]} after={[valueWord(t, format, 'INVITATION', until)]} />;
  const confirm = async (passphrase: string): Promise<void> => {
    const { data } = await invite({ variables: { input: { hours, reason: 'ASKED_BY_CLINIC', passphrase } } });
    setMade(data?.inviteClinic ?? null);
    onActed();
  };
  const open = <OpenInvitations fleet={fleet} onActed={onActed} />;
  return (
    <>
      {guide({
        act: (
          <>
            <NumberInput
              label={t('ceremonies.invite.hours')}
              description={t('ceremonies.invite.hoursHint')}
              value={hours}
              onChange={(value) => setHours(Math.min(MOST_HOURS, Math.max(1, Math.floor(Number(value) || 1))))}
              min={1}
              max={MOST_HOURS}
              w={260}
            />
            {preview}
            <Group>
              <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => setSigning(true)}>
                {t('ceremonies.invite.action')}
              </Button>
            </Group>
          </>
        ),
        standing: open,
        undo: open,
      })}
      {signing ? (
        <PassphraseDialog
          opened
          title={t('ceremonies.invite.title')}
          action={t('ceremonies.invite.action')}
          onClose={() => setSigning(false)}
          onConfirm={confirm}
        >
          <Stack gap="sm">
            {preview}
            <Text size="xs">{t('fleet.signed')}</Text>
          </Stack>
        </PassphraseDialog>
      ) : null}
      {made ? <Invitation {...made} onClose={() => setMade(null)} /> : null}
    </>
  );
}

function Invitation({ text, expires, onClose }: InviteClinicMutation['inviteClinic'] & { onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('ceremonies.invite.made')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Alert color="orange" p="sm">
          {t('ceremonies.invite.once', { until: format.moment(expires) })}
        </Alert>
        <Group wrap="nowrap" align="flex-start">
          <QrCode text={text} label={t('ceremonies.invite.code')} size={200} />
          <Code block flex={1} style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {text}
          </Code>
        </Group>
        <Group justify="flex-end">
          <CopyButton value={text}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'fleet.copied' : 'ceremonies.copy')}
              </Button>
            )}
          </CopyButton>
          <Button onClick={onClose}>{t('actions.close')}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Invitations that have not ended and were not taken back. Whether one has let somebody in, the hub says when it is taken back. */
function OpenInvitations({ fleet, onActed }: { fleet: Fleet; onActed: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [asked, setAsked] = useState<Fleet['acts'][number] | null>(null);
  const newest = new Map(fleet.acts.toReversed().map((act) => [`${act.kind} ${act.subject}`, act]));
  const open = [...newest.values()].filter(({ kind, after }) => kind === 'INVITATION' && after > fleet.now);
  if (open.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('ceremonies.invite.noneOpen')}
      </Text>
    );
  return (
    <>
      <Table aria-label={t('ceremonies.invite.open')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('ceremonies.invite.open')}</Table.Th>
            <Table.Th scope="col">{t('ceremonies.invite.until')}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {open.map((act) => (
            <Table.Tr key={act.subject}>
              <Table.Td>
                <Code>{shortId(act.subject)}</Code>
              </Table.Td>
              <Table.Td>{format.moment(act.after)}</Table.Td>
              <Table.Td ta="end">
                <Button
                  variant="default"
                  size="compact-sm"
                  aria-label={`${t('fleet.acting.takeBack.action')} ${shortId(act.subject)}`}
                  onClick={() => setAsked(act)}
                >
                  {t('fleet.acting.takeBack.action')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {asked ? (
        <HubActDialog
          wanted="takeBack"
          subject={asked.subject}
          name={shortId(asked.subject)}
          before={asked.after}
          onClose={() => setAsked(null)}
          onActed={onActed}
        />
      ) : null}
    </>
  );
}
