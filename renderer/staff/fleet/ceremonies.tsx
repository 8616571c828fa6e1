import { Alert, Button, Group, List, Paper, Stack, Stepper, Tabs, Text, Title } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdmitClinic } from './admit-clinic.tsx';
import type { CeremonyParts } from './ceremony-parts.tsx';
import { ChangeWitnesses, RotateHubKey } from './change-policy.tsx';
import type { Fleet } from './fleet-screen.tsx';
import { InviteClinic } from './invite-clinic.tsx';
import { HoldClinic, NameAdministrator, RestoreHub, RevokeDevice } from './set-standing.tsx';

const CEREMONIES = {
  invite: InviteClinic,
  admit: AdmitClinic,
  revoke: RevokeDevice,
  quarantine: HoldClinic,
  rotate: RotateHubKey,
  witnesses: ChangeWitnesses,
  restore: RestoreHub,
  administrator: NameAdministrator,
} as const;
type CeremonyName = keyof typeof CEREMONIES;
const NAMES = Object.keys(CEREMONIES) as CeremonyName[];

/** What a region does rarely and together, each guided: who has to be there, what changes, what to look at afterwards, how it is taken back. */
export function Ceremonies({ fleet, onActed }: { fleet: Fleet; onActed: () => void }) {
  const { t } = useTranslation();
  return (
    <Tabs
      defaultValue="invite"
      orientation="vertical"
      keepMounted={false}
      variant="pills"
      styles={{ tabLabel: { textAlign: 'start' } }}
    >
      <Tabs.List aria-label={t('ceremonies.title')} miw={230} mr="lg" style={{ flexShrink: 0 }}>
        {NAMES.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {t(`ceremonies.${name}.title`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {NAMES.map((name) => {
        const Part = CEREMONIES[name];
        return (
          <Tabs.Panel key={name} value={name} miw={0}>
            <Part fleet={fleet} onActed={onActed} guide={(parts) => <Guide name={name} {...parts} />} />
          </Tabs.Panel>
        );
      })}
    </Tabs>
  );
}

const STEPS = ['prepare', 'act', 'check', 'undo'] as const;

function Guide({ name, act, standing, undo }: CeremonyParts & { name: CeremonyName }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(0);
  const parts: Readonly<Record<(typeof STEPS)[number], ReactNode>> = {
    prepare: (
      <>
        <Text size="sm">{t(`ceremonies.${name}.what`)}</Text>
        <Alert color="gray" icon={<IconUsers aria-hidden />} title={t('ceremonies.who')} p="sm">
          {t(`ceremonies.${name}.who`)}
        </Alert>
        <Lines text={t(`ceremonies.${name}.prepare`)} />
      </>
    ),
    act,
    check: (
      <>
        <Lines text={t(`ceremonies.${name}.check`)} />
        {standing}
      </>
    ),
    undo: (
      <>
        <Text size="sm">{t(`ceremonies.${name}.undo`)}</Text>
        {undo}
      </>
    ),
  };
  return (
    <Paper withBorder p="md" component="section" aria-label={t(`ceremonies.${name}.title`)}>
      <Stack gap="md">
        <Title order={2}>{t(`ceremonies.${name}.title`)}</Title>
        <Stepper active={at} onStepClick={setAt} size="sm" iconSize={30}>
          {STEPS.map((step) => (
            <Stepper.Step key={step} label={t(`ceremonies.steps.${step}`)}>
              <Stack gap="sm" pt="sm">
                {parts[step]}
              </Stack>
            </Stepper.Step>
          ))}
        </Stepper>
        <Group justify="space-between">
          <Button variant="default" disabled={at === 0} onClick={() => setAt(at - 1)}>
            {t('ceremonies.back')}
          </Button>
          <Button variant="default" disabled={at === STEPS.length - 1} onClick={() => setAt(at + 1)}>
            {t('ceremonies.next')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

/** What is to be done or looked at, one line each. */
function Lines({ text }: { text: string }) {
  return (
    <List size="sm" spacing={6} type="ordered">
      {text.split('\n').map((line) => (
        <List.Item key={line}>{line}</List.Item>
      ))}
    </List>
  );
}
