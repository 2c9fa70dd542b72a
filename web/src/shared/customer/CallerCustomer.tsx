/**
 * Who is on the line: nobody known = a new customer with the number filled in, one = that one, more =
 * a person chooses. What fails here never touches the call.
 */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'

import { callers, type CallerCustomers, type CustomerLine } from '@/api/customers'
import { useMay } from '@/api/session'
import { announce } from '@/ui/announce'
import { Loading } from '@/ui/states'
import { useCommand } from '@/ui/useCommand'

import { chooseCustomer, useCallerCustomer } from './chosen'
import { Away, Customer360, NameLine } from './Customer360'
import { FRESH_MS, useCustomer, useNoted } from './known'
import { NewCustomer, profileOfNew } from './NewCustomer'
import { PickCustomer } from './PickCustomer'
import { SeekCustomer } from './SeekCustomer'

interface PartProps {
  contact: string
  match: CallerCustomers
  /** Back to those who may be meant. */
  onCancel?: () => void
}

/** Somebody new, or somebody known who calls from another number. */
function Unknown({ contact, match, onCancel }: PartProps): ReactElement {
  const { t } = useTranslation()
  const client = useQueryClient()
  const noted = useNoted()
  const mayEdit = useMay('customers.edit')
  const [isSeeking, setSeeking] = useState(false)
  const known = (customer: Parameters<typeof noted>[0]): void => {
    noted(customer)
    chooseCustomer(contact, customer.id)
    announce(t('customers.saved'))
    void client.invalidateQueries({ queryKey: ['customers', 'caller', contact] })
  }
  const give = useCommand(async (line: CustomerLine) => {
    // Who withholds the number has none to be written down.
    if (match.number === '' || !mayEdit) chooseCustomer(contact, line.id)
    else known(await callers.giveNumber(contact, line.id, ''))
  })
  if (isSeeking || !mayEdit) {
    return (
      <div className="stack" data-testid="customer-seeking">
        {mayEdit ? null : <p className="quiet customer-fact">{t('customers.nobody')}</p>}
        <p className="quiet customer-small">{match.number === '' ? t('customers.seek_withheld') : t('customers.seek_does', { number: match.number })}</p>
        <SeekCustomer isBusy={give.isBusy} onPick={(line) => void give.run(line)} />
        {mayEdit ? (
          <div>
            <Button size="small" onClick={() => setSeeking(false)}>
              {t('customers.new')}
            </Button>
          </div>
        ) : null}
      </div>
    )
  }
  return (
    <div data-testid="customer-unknown">
      <div className="customer-part-head">
        <h3>{t('customers.new')}</h3>
        <Button size="small" type="link" data-testid="customer-known" onClick={() => setSeeking(true)}>
          {t('customers.known_already')}
        </Button>
      </div>
      <NewCustomer
        number={match.number}
        send={(wish) => callers.create(contact, profileOfNew(wish), wish.label)}
        onMade={known}
        beside={onCancel === undefined ? null : <Button onClick={onCancel}>{t('common.cancel')}</Button>}
      />
    </div>
  )
}

function Several({ contact, match }: PartProps): ReactElement {
  const { t } = useTranslation()
  const [isNew, setNew] = useState(false)
  if (isNew) return <Unknown contact={contact} match={match} onCancel={() => setNew(false)} />
  return (
    <div className="stack" data-testid="customer-several">
      <p className="customer-fact">▲ {t('customers.several', { count: match.customers.length })}</p>
      <PickCustomer lines={match.customers} label={t('customers.several', { count: match.customers.length })} onPick={(line) => chooseCustomer(contact, line.id)} />
      <div>
        <Button size="small" data-testid="customer-none-of-these" onClick={() => setNew(true)}>
          {t('customers.none_of_these')}
        </Button>
      </div>
    </div>
  )
}

/** A single match needs no choice; it is remembered all the same, for what is written about this contact. */
function useTheOnlyOne(contact: string, match: CallerCustomers | undefined): void {
  const chosen = useCallerCustomer(contact)
  const only = match?.customers.length === 1 ? match.customers[0]?.id : undefined
  useEffect(() => {
    if (chosen === null && only !== undefined) chooseCustomer(contact, only)
  }, [contact, chosen, only])
}

function Known({ customer, fallback }: { customer: string; fallback: string }): ReactElement {
  const found = useCustomer(customer)
  return found.data === undefined ? <span className="customer-cut">{fallback}</span> : <NameLine customer={found.data} />
}

/** The customer's name where it is clear who it is; else what the call itself tells. */
export function CallerName({ contact, fallback }: { contact: string; fallback: string }): ReactElement {
  const chosen = useCallerCustomer(contact)
  return <span className="customer-line">{chosen === null ? <span className="customer-cut">{fallback}</span> : <Known customer={chosen} fallback={fallback} />}</span>
}

export function CallerCustomer({ contact }: { contact: string }): ReactElement {
  const { t } = useTranslation()
  const chosen = useCallerCustomer(contact)
  const found = useQuery({
    queryKey: ['customers', 'caller', contact],
    queryFn: () => callers.match(contact),
    staleTime: FRESH_MS,
    refetchOnWindowFocus: true,
  })
  const match = found.data
  useTheOnlyOne(contact, match)
  if (chosen !== null) {
    const isOneOfSeveral = match !== undefined && match.customers.length > 1
    const another = isOneOfSeveral ? (
      <Button size="small" type="link" data-testid="customer-another" onClick={() => chooseCustomer(contact, null)}>
        {t('customers.another')}
      </Button>
    ) : null
    return <Customer360 key={chosen} customer={chosen} contact={contact} beside={another} isWithLast={false} />
  }
  if (match === undefined) {
    return found.isError ? <Away error={found.error} onRetry={() => void found.refetch()} /> : <Loading rows={4} />
  }
  return match.customers.length > 1 ? <Several contact={contact} match={match} /> : match.customers.length === 0 ? <Unknown contact={contact} match={match} /> : <Loading rows={4} />
}
