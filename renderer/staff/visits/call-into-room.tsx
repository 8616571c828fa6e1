import { Autocomplete, Button, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitPartsFragment } from '../../generated/graphql.ts';
import { FormEnd } from '../../parts/fields/form-end.tsx';

interface CallIntoRoomProps {
  readonly visit: VisitPartsFragment;
  /** Rooms that are in use today. */
  readonly rooms: readonly string[];
  readonly onClose: () => void;
  readonly onCall: (room: string) => Promise<boolean>;
}

/** Into which room a patient is called. */
export function CallIntoRoom({ visit, rooms, onClose, onCall }: CallIntoRoomProps) {
  const { t } = useTranslation();
  const [room, setRoom] = useState('');
  const call = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    // A refusal is shown above the queue.
    await onCall(room);
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={`${t('visits.step.CALL')} · ${visit.patient.name}`}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <form onSubmit={call}>
        <Stack gap="md">
          <Autocomplete
            label={t('visits.room')}
            description={t('visits.roomHint')}
            data={[...rooms]}
            value={room}
            onChange={setRoom}
            maxLength={100}
            data-autofocus
          />
          <FormEnd onClose={onClose}>
            <Button type="submit">{t('visits.step.CALL')}</Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
