package relight

import "sync"

// guard lets what is wiped or freed be used until then. Uses never wait for anything, so that no call waits for itself or
// for another, however often and in whatever order it uses the same things.
type guard struct {
	mutex sync.Mutex
	ended bool
	uses  sync.WaitGroup
	last  sync.Once
}

// enter begins a use, or returns false after the end. Leave it.
func (g *guard) enter() bool {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if !g.ended {
		g.uses.Add(1)
	}
	return !g.ended
}

func (g *guard) leave() { g.uses.Done() }

// end waits for the uses in progress, after which there are no more, and does the rest, once.
func (g *guard) end(rest func()) {
	g.mutex.Lock()
	g.ended = true
	g.mutex.Unlock()
	g.uses.Wait()
	g.last.Do(rest)
}
