/** A page that failed says so and lets the rest, the phone above all, go on. */
import { Button } from 'antd'
import i18next from 'i18next'
import { Component, type ErrorInfo, type ReactNode } from 'react'

import { EmptyState } from '@/ui/states'

interface State {
  error: Error | null
}

export class ErrorBoundary extends Component<{ children: ReactNode; name: string }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override componentDidCatch(error: Error, trace: ErrorInfo): void {
    // A listener may send it on; there is no console on an agent's desk.
    window.dispatchEvent(new CustomEvent('lianxi-error', { detail: { error, trace: trace.componentStack } }))
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <div role="alert" data-testid={`broken-${this.props.name}`}>
        <EmptyState
          title={i18next.t('page.broken')}
          why={
            <>
              {i18next.t('page.broken_why')} <code>{error.message}</code>
            </>
          }
          action={<Button onClick={() => this.setState({ error: null })}>{i18next.t('common.retry')}</Button>}
        />
      </div>
    )
  }
}
