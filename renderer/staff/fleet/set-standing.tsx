import { Button, Group, Select, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HubActInput } from '../../generated/graphql.ts';
import { useFormat } from '../../parts/words/use-format.ts';
import { shortId, valueWord } from '../ledger/act-words.ts';
import { BeforeAfter, type CeremonyProps, Command } from './ceremony-parts.tsx';
import type { Fleet } from './fleet-screen.tsx';
import { HubActDialog, type WantedHubAct } from './hub-act.tsx';

interface Choice {
  /** A chain, a device or a person. */
  readonly subject: string;
  readonly name: string;
  readonly isSet: boolean;
}

/** A lost or misbehaving device: the hub answers it no more. */
export function RevokeDevice(props: CeremonyProps) {
  const devices = props.fleet.devices
    .filter(({ revoked }) => !revoked)
    .map(({ device, clinic, cut }) => ({ subject: device, name: `${clinic} · ${shortId(device)}`, isSet: cut }));
  return <SetAndLift {...props} kind="CERTIFICATE" choices={devices} set="cut" lift="answer" />;
}

/** A clinic whose programs misbehave: the hub takes nothing new of it. */
export function HoldClinic(props: CeremonyProps) {
  const clinics = props.fleet.clinics.map(({ chain, name, quarantined }) => ({ subject: chain, name, isSet: quarantined }));
  return <SetAndLift {...props} kind="QUARANTINE" choices={clinics} set="quarantine" lift="release" />;
}

interface SetAndLiftProps extends CeremonyProps {
  readonly kind: HubActInput['kind'];
  readonly choices: readonly Choice[];
  readonly set: WantedHubAct;
  readonly lift: WantedHubAct;
}

/** One out of a list is chosen, shown as it is and as it will be, and signed; what is set is lifted in the same way. */
function SetAndLift({ kind, choices, set, lift, guide, onActed }: SetAndLiftProps) {
  const held = choices.filter(({ isSet }) => isSet);
  const free = choices.filter(({ isSet }) => !isSet);
  const chooser = (wanted: WantedHubAct, among: readonly Choice[]) => (
    <Chooser kind={kind} wanted={wanted} choices={among} onActed={onActed} />
  );
  return guide({ act: chooser(set, free), standing: <Standing kind={kind} choices={held} />, undo: chooser(lift, held) });
}

function Chooser(props: { kind: HubActInput['kind']; wanted: WantedHubAct; choices: readonly Choice[]; onActed: () => void }) {
  const { kind, wanted, choices, onActed } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const [subject, setSubject] = useState<string | null>(null);
  const [signing, setSigning] = useState(false);
  const chosen = choices.find((each) => each.subject === subject);
  if (choices.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('ceremonies.noneToChoose')}
      </Text>
    );
  return (
    <>
      <Select
        label={t('ceremonies.choose')}
        data={choices.map(({ subject: value, name }) => ({ value, label: name }))}
        value={subject}
        onChange={setSubject}
        searchable
        w={360}
      />
      {chosen ? (
        <BeforeAfter
          before={[valueWord(t, format, kind, Number(chosen.isSet))]}
          after={[valueWord(t, format, kind, Number(!chosen.isSet))]}
        />
      ) : null}
      <Group>
        <Button disabled={!chosen} onClick={() => setSigning(true)}>
          {t(`fleet.acting.${wanted}.action`)}
        </Button>
      </Group>
      {chosen && signing ? (
        <HubActDialog
          wanted={wanted}
          subject={chosen.subject}
          name={chosen.name}
          before={Number(chosen.isSet)}
          onClose={() => setSigning(false)}
          onActed={onActed}
        />
      ) : null}
    </>
  );
}

function Standing({ kind, choices }: { kind: HubActInput['kind']; choices: readonly Choice[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Text size="sm" role="status">
      {choices.length === 0
        ? t('ceremonies.noneSet')
        : `${valueWord(t, format, kind, 1)}: ${choices.map(({ name }) => name).join(', ')}`}
    </Text>
  );
}

/** A hub from its backup: at its machine, and confirmed by the witness clinics. */
export function RestoreHub({ fleet, guide }: CeremonyProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const newest = fleet.acts.find(({ kind }) => kind === 'RESTORATION');
  return guide({
    act: (
      <>
        <Command>careledger hub restore --data DIR --from BACKUP --code-file FILE</Command>
        <Command>careledger hub serve --data DIR</Command>
        <BeforeAfter
          before={[t('ceremonies.restore.before', { blocks: format.number(fleet.size) })]}
          after={[t('ceremonies.restore.after')]}
        />
      </>
    ),
    standing: (
      <Text size="sm" role="status">
        {newest
          ? t('ceremonies.restore.newest', { at: format.moment(newest.time), blocks: format.number(newest.after) })
          : t('fleet.value.neverRestored')}
      </Text>
    ),
    undo: <Command>careledger hub restore --data DIR --go-on</Command>,
  });
}

/** One more person who may administer the hub, by the id that their console shows. */
export function NameAdministrator({ fleet, guide, onActed }: CeremonyProps) {
  const { t } = useTranslation();
  const named = namedIn(fleet);
  return guide({
    act: <ById wanted="name" named={named} onActed={onActed} />,
    standing: (
      <Text size="sm" role="status">
        {t('ceremonies.administrator.named', { count: named.length, ids: named.map(shortId).join(', ') })}
      </Text>
    ),
    undo: <ById wanted="unname" named={named} onActed={onActed} />,
  });
}

function ById({ wanted, named, onActed }: { wanted: 'name' | 'unname'; named: readonly string[]; onActed: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [id, setId] = useState('');
  const [signing, setSigning] = useState(false);
  const subject = id.replaceAll(/\s/g, '');
  const isNamed = named.includes(subject);
  const isReady = /^[0-9a-f]{64}$/.test(subject) && isNamed === (wanted === 'unname');
  const word = (set: boolean) => valueWord(t, format, 'ADMINISTRATOR', Number(set));
  return (
    <>
      <TextInput
        label={t('ceremonies.administrator.id')}
        description={t('ceremonies.administrator.idHint')}
        value={id}
        onChange={({ currentTarget }) => setId(currentTarget.value)}
      />
      <BeforeAfter before={[word(isNamed)]} after={[word(wanted === 'name')]} />
      <Group>
        <Button disabled={!isReady} onClick={() => setSigning(true)}>
          {t(`fleet.acting.${wanted}.action`)}
        </Button>
      </Group>
      {signing ? (
        <HubActDialog
          wanted={wanted}
          subject={subject}
          name={shortId(subject)}
          before={Number(isNamed)}
          onClose={() => setSigning(false)}
          onActed={onActed}
        />
      ) : null}
    </>
  );
}

/** Who is named by the acts that are shown, hexadecimal. */
function namedIn({ acts }: Fleet): string[] {
  const newest = new Map(
    acts
      .toReversed()
      .filter(({ kind }) => kind === 'ADMINISTRATOR')
      .map(({ subject, after }) => [subject, after]),
  );
  return [...newest].flatMap(([subject, after]) => (after === 1 ? [subject] : []));
}
