package relight

// #include <relight.h>
// bool relightGoesOn(void *watcher, size_t done, size_t total);
import "C"

import (
	"context"
	"errors"
	"fmt"
	"runtime/cgo"
	"unsafe"
)

//export relightGoesOn
func relightGoesOn(watcher unsafe.Pointer, done, total C.size_t) C.bool {
	ctx := (*(*cgo.Handle)(watcher)).Value().(context.Context)
	return C.bool(ctx.Err() == nil)
}

// watched does what stops when ctx is over. The error is then both that of ctx and [ErrCancelled].
func watched(ctx context.Context, work func(watch C.relight_watch, watcher unsafe.Pointer) error) error {
	watcher := cgo.NewHandle(ctx)
	defer watcher.Delete()
	var err error = ErrCancelled
	if ctx.Err() == nil {
		err = work(C.relight_watch(C.relightGoesOn), unsafe.Pointer(&watcher))
	}
	if errors.Is(err, ErrCancelled) {
		return fmt.Errorf("%w: %w", err, context.Cause(ctx))
	}
	return err
}
