package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"relight.dev/relight"
)

const members = 5

// cluster is five members and a node, each a process.
type cluster struct {
	t         *testing.T
	program   string
	folder    string
	peers     []string   // the node's at 0
	arguments [][]string // of each process, the node's at 0
	processes []*exec.Cmd
}

func newCluster(t *testing.T) *cluster {
	c := &cluster{t: t, folder: t.TempDir(), program: filepath.Join(t.TempDir(), "service")}
	if out, err := exec.Command("go", "build", "-o", c.program, ".").CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	check(os.WriteFile(filepath.Join(c.folder, "passphrase"), []byte("correct horse\n"), 0o600))
	for range members + 1 {
		listener := must(net.Listen("tcp", "127.0.0.1:0"))
		c.peers = append(c.peers, listener.Addr().String())
		check(listener.Close())
	}
	c.processes = make([]*exec.Cmd, members+1)
	for index := range c.processes {
		c.arguments = append(c.arguments, []string{
			"-home", c.home(index), "-passphrase-file", filepath.Join(c.folder, "passphrase"),
			"-node", c.peers[0], "-members", strings.Join(c.peers[1:], ","), "-index", fmt.Sprint(index),
		})
		c.start(index)
	}
	t.Cleanup(func() {
		for index := range c.processes {
			c.kill(index)
		}
	})
	return c
}

func (c *cluster) home(index int) string { return filepath.Join(c.folder, fmt.Sprint(index)) }

func (c *cluster) start(index int) {
	process := exec.Command(c.program, c.arguments[index]...)
	log := must(os.OpenFile(filepath.Join(c.folder, fmt.Sprint(index, ".log")), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600))
	process.Stderr = log
	check(process.Start())
	check(log.Close())
	c.processes[index] = process
}

// kill is kill -9.
func (c *cluster) kill(index int) {
	_ = c.processes[index].Process.Kill()
	_ = c.processes[index].Wait()
}

// until waits for a file of a party, and meanwhile kills parties and starts them again.
func (c *cluster) until(random *rand.Rand, index int, name string) string {
	path := filepath.Join(c.home(index), name)
	deadline := time.Now().Add(4 * time.Minute)
	for kills := 0; ; {
		if found, err := filepath.Glob(path); err == nil && len(found) == 1 {
			return found[0]
		}
		if time.Now().After(deadline) {
			c.t.Fatal(name, " is not there\n", c.logs())
		}
		time.Sleep(time.Duration(random.IntN(300)) * time.Millisecond)
		// Who is killed all the time never gets further than its passphrase.
		if kills < 2 {
			victim := random.IntN(members + 1)
			c.kill(victim)
			c.start(victim)
			kills++
		}
	}
}

func (c *cluster) logs() (logs string) {
	for index := range c.processes {
		file := must(os.Open(filepath.Join(c.folder, fmt.Sprint(index, ".log"))))
		text := string(must(io.ReadAll(file)))
		logs += fmt.Sprintf("%d:\n%s\n", index, text[max(0, len(text)-2000):])
	}
	return logs
}

// share is the node's share of the root key.
func (c *cluster) share() relight.KeyShare {
	read := func(name string) []byte { return must(os.ReadFile(filepath.Join(c.home(0), name))) }
	key := must(relight.UnsealWithPassphrase[relight.SealingKey](read("key.age"), []byte("correct horse")))
	return must(relight.Unseal[relight.KeyShare](read("network.share.age"), key))
}

// TestItSurvivesKills has a network made, backed up, lost and restored by parties that are killed over and over: at
// random, and when each has said what it says once.
func TestItSurvivesKills(t *testing.T) {
	seed := rand.Uint64()
	t.Log("seed", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	c := newCluster(t)
	for _, moment := range []string{"registration", "dealing", "confirmation", "certificate"} {
		victim := 1 + random.IntN(members)
		c.until(random, victim, "public/members."+moment)
		c.kill(victim)
		c.start(victim)
	}
	for index := 1; index <= members; index++ {
		c.until(random, index, "public/backup")
	}
	before := c.share()

	// All that the node had is lost, but for what its operator has.
	c.kill(0)
	for _, lost := range []string{"public", "identity.age", "member-key.age", "network.share.age"} {
		check(os.RemoveAll(filepath.Join(c.home(0), lost)))
	}
	c.arguments[0] = append(c.arguments[0], "-restore")
	c.start(0)
	c.until(random, 0, "session.age")
	c.kill(0)
	c.start(0)
	victim := 1 + random.IntN(members)
	c.until(random, victim, "public/response-*")
	c.kill(victim)
	c.start(victim)
	c.until(random, 0, "network.share.age")
	if !c.share().Equal(before.Secret) {
		t.Fatal("another share")
	}
}

// TestTheProgramIsShort, as is promised.
func TestTheProgramIsShort(t *testing.T) {
	lines := strings.Count(string(must(os.ReadFile("main.go"))), "\n")
	if lines >= 250 {
		t.Fatal(lines, "lines")
	}
}
