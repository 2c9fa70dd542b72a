/** What is asked about a customer, fresh within ten seconds; what a person writes is there at once. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'

import { customers, type Customer } from '@/api/customers'

export const FRESH_MS = 10_000

/** Neither merged into another nor erased: what is known can be changed. */
export const isLive = (customer: Customer): boolean => customer.merged_into === null && customer.erased_at === null

export const keyOf = (customer: string): string[] => ['customers', 'one', customer]

const freshly = { refetchInterval: FRESH_MS, refetchOnWindowFocus: true } as const

export const useCustomer = (customer: string) =>
  useQuery({ queryKey: keyOf(customer), queryFn: () => customers.read(customer), ...freshly })

export const useOpenCases = (customer: string, isWanted: boolean) =>
  useQuery({ queryKey: ['customers', 'cases', customer], queryFn: () => customers.openCases(customer), enabled: isWanted, ...freshly })

export const useLastSteps = (customer: string, most: number) =>
  useQuery({ queryKey: ['customers', 'last', customer, most], queryFn: () => customers.timeline(customer, undefined, most), ...freshly })

export const useChoices = () => useQuery({ queryKey: ['customers', 'choices'], queryFn: customers.choices, staleTime: 60_000 })

/** The customer as the server gave it back: shown at once, and lists are asked for anew. */
export function noted(client: QueryClient, customer: Customer): void {
  client.setQueryData(keyOf(customer.id), customer)
  void client.invalidateQueries({ queryKey: ['customers', 'list'] })
  void client.invalidateQueries({ queryKey: ['customers', 'standing'] })
}

export function useNoted(): (customer: Customer) => void {
  const client = useQueryClient()
  return (customer) => noted(client, customer)
}
