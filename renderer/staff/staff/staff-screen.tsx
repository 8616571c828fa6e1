import { useQuery } from '@apollo/client/react';
import { Badge, Button, Group } from '@mantine/core';
import { IconKey, IconRefresh, IconShieldLock, IconUserPlus } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import type { StaffMembersQuery } from '../../generated/graphql.ts';
import { Page } from '../../parts/page.tsx';
import { quietly } from '../../parts/quietly.ts';
import { type Column, RowTable } from '../../parts/row-table.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { ErrorNotice, Loading } from '../../parts/states.tsx';
import { CoverSection } from '../cover/cover.tsx';
import { roleWord } from '../ledger/roles.ts';
import { ChangePassphrase } from './change-passphrase.tsx';
import { EnrolStaff } from './enrol-staff.tsx';
import { RenewKey } from './renew-key.tsx';
import { RevokeStaff } from './revoke-staff.tsx';
import { SecondFactor } from './second-factor.tsx';
import { staffMembers } from './staff-documents.ts';

type Member = StaffMembersQuery['staffMembers'][number];

type Dialog = 'enrol' | 'passphrase' | 'key' | 'secondFactor';

/** Who works here, with which role. */
export function StaffScreen() {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [revoking, setRevoking] = useState<Member | null>(null);
  const { data, error, refetch } = useQuery(staffMembers);
  const columns = useMemberColumns(data?.me.id ?? '', setRevoking);
  const close = (): void => setDialog(null);
  const changed = (): void => quietly(refetch());
  return (
    <Page title={t('screens.staff')} note={t('staff.note')} actions={<Acts onChoose={setDialog} />}>
      {error ? <ErrorNotice error={error} onRetry={changed} /> : null}
      {!data && !error ? <Loading rows={4} /> : null}
      {data ? (
        <>
          <RowTable label={t('screens.staff')} rows={data.staffMembers} rowKey={({ id }) => id} columns={columns} />
          <Suspense>
            <CoverSection members={data.staffMembers} />
          </Suspense>
        </>
      ) : null}
      {dialog === 'enrol' ? <EnrolStaff onClose={close} onEnrolled={changed} /> : null}
      {dialog === 'passphrase' ? <ChangePassphrase onClose={close} words={data ? [data.me.name] : []} /> : null}
      {dialog === 'key' ? <RenewKey onClose={close} /> : null}
      {dialog === 'secondFactor' ? <SecondFactor onClose={close} /> : null}
      {revoking ? <RevokeStaff member={revoking} onClose={() => setRevoking(null)} onRevoked={changed} /> : null}
    </Page>
  );
}

/** What one does with one's own keys, and letting somebody in. */
function Acts({ onChoose }: { onChoose: (dialog: Dialog) => void }) {
  const { t } = useTranslation();
  const admits = mayDo(useSignedIn().role, 'staff.write');
  return (
    <>
      <Button variant="default" leftSection={<IconKey size={16} aria-hidden />} onClick={() => onChoose('passphrase')}>
        {t('staff.changePassphrase')}
      </Button>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={() => onChoose('key')}>
        {t('staff.renewKey')}
      </Button>
      <Button variant="default" leftSection={<IconShieldLock size={16} aria-hidden />} onClick={() => onChoose('secondFactor')}>
        {t('secondFactor.own')}
      </Button>
      {admits ? (
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => onChoose('enrol')}>
          {t('staff.enrol')}
        </Button>
      ) : null}
    </>
  );
}

/** @param me id of who is signed in, whom nobody revokes here */
function useMemberColumns(me: string, onRevoke: (member: Member) => void): readonly Column<Member>[] {
  const { t } = useTranslation();
  const admits = mayDo(useSignedIn().role, 'staff.write');
  const columns: readonly Column<Member>[] = [
    {
      key: 'name',
      label: t('staff.name'),
      cell: ({ id, name }) => (
        <Group gap="xs">
          {name}
          {id === me ? <Badge>{t('staff.you')}</Badge> : null}
        </Group>
      ),
    },
    { key: 'role', label: t('staff.role'), cell: ({ role }) => roleWord(t, role) },
    { key: 'state', label: t('item.status'), cell: ({ revoked }) => t(revoked ? 'staff.revoked' : 'staff.enrolled') },
    {
      key: 'secondFactor',
      label: t('secondFactor.here'),
      cell: ({ hasSecondFactor }) => t(hasSecondFactor ? 'secondFactor.some' : 'secondFactor.none'),
    },
  ];
  const act: Column<Member> = {
    key: 'act',
    label: t('staff.acts'),
    width: 140,
    cell: (member) =>
      member.revoked || member.id === me ? (
        '–'
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => onRevoke(member)}>
          {t('staff.revoke')}
        </Button>
      ),
  };
  return admits ? [...columns, act] : columns;
}
