module relight.dev/overhead

go 1.25

require relight.dev/relight v0.0.0

replace relight.dev/relight => ../../go
